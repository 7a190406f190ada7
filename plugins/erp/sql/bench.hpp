#pragma once
// Bench: the connector over a real SQLite, without what the host adds to it.
#include <tomada/testing.hpp>

#include <SQLiteCpp/SQLiteCpp.h>
#include <catch2/catch.hpp>

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace tomada::erp::sql {

struct Bench {
  explicit Bench(boost::json::object queries) {
    host.config = {{"source", "sql"}, {"upstream", "books"}, {"today", "2026-11-20"}, {"compat", true}};
    host.config["sql"] = std::move(queries);
    host.database = [this](const std::string& upstream, const sdk::SqlQuestion& question) {
      CHECK(upstream == "books");
      asked.push_back(question);
      return answer(question);
    };
  }

  sdk::Table answer(const sdk::SqlQuestion& question) {
    if (!failure.empty()) throw sdk::ToolError{failure};
    try {
      SQLite::Statement statement{database, question.statement};
      for (std::size_t i = 0; i < question.parameters.size(); ++i) bind(statement, i, question.parameters[i]);
      sdk::Table out{{}, {}, "sqlite", 1'790'000'000'000};
      for (int i = 0; i < statement.getColumnCount(); ++i) out.columns.push_back({statement.getColumnName(i), {}});
      while (statement.executeStep()) out.rows.push_back(row_of(statement));
      return out;
    } catch (const SQLite::Exception& error) {
      throw sdk::SqlRefused{std::string{"upstream.books: books refused the statement: "} + error.what() +
                            ". (mend the statement)"};
    }
  }

  static void bind(SQLite::Statement& statement, std::size_t at, const boost::json::value& value) {
    const auto name = "$" + std::to_string(at + 1);
    if (statement.getIndex(name.c_str()) == 0) return;
    if (value.is_int64()) {
      statement.bind(name, value.get_int64());
    } else {
      statement.bind(name, std::string{value.as_string()});
    }
  }

  static boost::json::array row_of(SQLite::Statement& statement) {
    boost::json::array out;
    for (int i = 0; i < statement.getColumnCount(); ++i) {
      const auto column = statement.getColumn(i);
      if (column.isNull()) {
        out.push_back(nullptr);
      } else if (column.isInteger()) {
        out.push_back(column.getInt64());
      } else {
        out.push_back(boost::json::string{column.getString()});
      }
    }
    return out;
  }

  testing::Outcome ask(const char* tool, const boost::json::object& arguments = {}) {
    if (!plugin) plugin = std::make_unique<testing::Plugin>(host);
    return plugin->run(tool, arguments);
  }
  std::string refusal(const char* tool) {
    const auto outcome = ask(tool);
    CHECK_FALSE(outcome.is_result());
    return outcome.message;
  }

  SQLite::Database database{":memory:", SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE};
  std::string failure;
  std::vector<sdk::SqlQuestion> asked;
  testing::FakeHost host;
  std::unique_ptr<testing::Plugin> plugin;
};

inline constexpr const char* one_title =
    "SELECT 7 AS id, 'receivable' AS direction, 'Ana' AS partner, '2026-10-01' AS issued_on, '2026-11-19' AS due_on, "
    "12.34 AS amount, 2 AS paid";

}  // namespace tomada::erp::sql

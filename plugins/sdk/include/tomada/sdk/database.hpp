#pragma once
// Database: a named upstream that is a database, asked one read-only statement at a time.
#include <tomada/sdk/host.hpp>
#include <tomada/sql.h>

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace tomada::sdk {

struct Table {
  struct Column {
    std::string name;
    std::string type;  // the database's word, "numeric", "date"; SQLite: empty
  };
  std::vector<Column> columns;
  json::array rows;     // of arrays: integers, booleans, strings (decimals, dates), null
  std::string dialect;  // "postgresql", "sqlite"
  std::int64_t read_at_ms = 0;
};

struct SqlRefused : ToolError {  // the database is well, and refuses this statement, or its answer is too long
  using ToolError::ToolError;
};

struct SqlQuestion {
  std::string statement;        // exactly one; its parameters are $1, $2, …
  json::array parameters;       // strings, integers, booleans, null; decimals and dates are strings
  std::uint32_t max_rows = 0;   // 0: 10 000; a longer answer is refused
  std::uint64_t max_bytes = 0;  // 0: 16 MiB
  std::int64_t timeout_ms = 0;  // 0: the upstream's
};

namespace detail {

struct SqlAnswer {
  Table table;
  tomada_sql_outcome outcome = TOMADA_SQL_FAILED;
  std::string problem;
};

inline void read_table(Table& to, const tomada_sql_answer& from) {
  const auto columns = read_json(view(from.columns));
  for (const auto& each : columns.as_array()) {
    const auto& column = each.as_object();
    to.columns.push_back({column.at("name").as_string().c_str(), column.at("type").as_string().c_str()});
  }
  auto rows = read_json(view(from.rows));
  to.rows = std::move(rows.as_array());
  to.dialect = view(from.dialect);
  to.read_at_ms = from.read_at_ms;
}

inline void receive_rows(void* out, const tomada_sql_answer* from) noexcept {
  auto& answer = *static_cast<SqlAnswer*>(out);
  try {
    answer.outcome = from->outcome;
    answer.problem = view(from->problem);
    if (from->outcome == TOMADA_SQL_ROWS) read_table(answer.table, *from);
  } catch (...) {
    answer.outcome = TOMADA_SQL_FAILED;
    answer.problem = "the answer could not be read; ask for less";
  }
}

}  // namespace detail

// call may be null. Throws SqlRefused and ToolError with the reason and the next step.
[[nodiscard]] inline Table ask(const Host& host, const Call* call, const std::string& upstream,
                               const SqlQuestion& question) {
  const auto* service = static_cast<const tomada_sql*>(host.raw()->service(host.raw(), TOMADA_SQL));
  if (!service) throw ToolError{"this plugin was not granted " TOMADA_SQL "; add it to the instance's services"};
  const auto parameters = json::serialize(question.parameters);
  tomada_sql_question raw{};
  raw.size = sizeof raw;
  raw.max_rows = question.max_rows;
  raw.max_bytes = question.max_bytes;
  raw.upstream = text(upstream);
  raw.statement = text(question.statement);
  raw.parameters = text(parameters);
  raw.timeout_ms = question.timeout_ms;
  detail::SqlAnswer answer;
  service->ask(host.raw(), call ? call->raw() : nullptr, &raw, &answer, detail::receive_rows);
  if (answer.outcome == TOMADA_SQL_ROWS) return std::move(answer.table);
  if (answer.outcome == TOMADA_SQL_REFUSED) throw SqlRefused{answer.problem};
  throw ToolError{answer.problem};
}

}  // namespace tomada::sdk

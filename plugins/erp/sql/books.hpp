#pragma once
// Books: the configured queries and the database that they are asked of.
#include "last_failure.hpp"
#include "provenance.hpp"
#include "settings.hpp"
#include "source.hpp"
#include "sql/relation.hpp"
#include "sql/row.hpp"
#include "sql/statement.hpp"

#include <tomada/plugin.hpp>

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tomada::erp::sql {

class Books {
 public:
  Books(const Settings& settings, sdk::Host host);  // throws std::invalid_argument with the key and its mend

  // The query of this subject as it was found in the database, looked at when first asked for. Throws ToolError: it is
  // not configured, does not run, or lacks something.
  [[nodiscard]] Relation relation(const Subject& subject, const Request& request) const;
  [[nodiscard]] bool has(const Subject& subject) const { return queries_.contains(subject.name); }
  void require(const Subject& subject) const {  // throws ToolError: it is not configured
    if (!has(subject)) throw not_configured(subject);
  }
  // False: there is no query for them, and the titles name none.
  [[nodiscard]] bool knows_categories(const Request& request) const;
  void check_all(const Request& request) const;  // every query at once; throws ToolError that names all that is wrong

  // each(const Row&). Adds to the provenance. Throws ToolError.
  template <class Each>
  void read(const Relation& relation, const Statement& statement, const std::string& sql, const Request& request,
            Provenance& provenance, Each each) const {
    const auto rows = table(relation, statement, sql, request, provenance);
    for (std::size_t at = 0; at < rows.rows.size(); ++at)
      each(Row{relation.subject().name, relation.dialect(), rows, at});
  }
  [[nodiscard]] sdk::Table table(const Relation& relation, const Statement& statement, const std::string& sql,
                                 const Request& request, Provenance& provenance) const {
    auto out = ask(relation.subject().name, sql, statement.parameters(), request);
    note(out, provenance);
    return out;
  }

  [[nodiscard]] sdk::json::object health() const;

 private:
  struct Known {
    Relation relation;
    std::int64_t searched_ms = 0;  // when it was last searched for values that cannot be read
    bool is_searchable = true;     // in the time that a search may take
  };
  [[nodiscard]] std::optional<Relation> known(const Subject& subject, const Request& request) const;
  [[nodiscard]] sdk::Table ask(std::string_view subject, const std::string& sql, const sdk::json::array& parameters,
                               const Request& request, std::int64_t timeout_ms = 0) const;
  [[nodiscard]] sdk::Table ask_now(std::string_view subject, const std::string& sql, const sdk::json::array& parameters,
                                   const Request& request, std::int64_t timeout_ms) const;
  bool look_for_bad(const Relation& relation, const Request& request) const;  // false: there was no time for it
  void note(const sdk::Table& table, Provenance& provenance) const;
  [[nodiscard]] sdk::ToolError not_configured(const Subject& subject) const;

  const sdk::Host host_;
  const std::string upstream_, currency_, zone_;
  const bool is_in_utc_;
  std::map<std::string, std::string, std::less<>> queries_;  // by subject
  mutable LastFailure last_failure_;
  mutable std::mutex mutex_;  // guards the one below
  mutable std::map<std::string_view, Known> relations_;
};

}  // namespace tomada::erp::sql

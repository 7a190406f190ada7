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
  void check_all(const Request& request) const;  // every query at once; throws ToolError that names all that is wrong

  // each(const Row&). Adds to the provenance. Throws ToolError.
  template <class Each>
  void read(const Relation& relation, const Statement& statement, const std::string& sql, const Request& request,
            Provenance& provenance, Each each) const {
    const auto table = ask(relation.subject().name, sql, statement.parameters(), request);
    note(table, provenance);
    for (const auto& cells : table.rows)
      each(Row{relation.subject().name, relation.dialect(), table, cells.as_array()});
  }

  [[nodiscard]] sdk::json::object health() const;

 private:
  [[nodiscard]] sdk::Table ask(std::string_view subject, const std::string& sql, const sdk::json::array& parameters,
                               const Request& request, std::int64_t timeout_ms = 0) const;
  [[nodiscard]] sdk::Table ask_now(std::string_view subject, const std::string& sql, const sdk::json::array& parameters,
                                   const Request& request, std::int64_t timeout_ms) const;
  void look_for_bad(const Relation& relation, const Request& request) const;
  void note(const sdk::Table& table, Provenance& provenance) const;
  [[nodiscard]] sdk::ToolError not_configured(const Subject& subject) const;

  const sdk::Host host_;
  const std::string upstream_, currency_;
  const bool is_in_utc_;
  std::map<std::string, std::string, std::less<>> queries_;  // by subject
  mutable LastFailure last_failure_;
  mutable std::mutex mutex_;  // guards the one below
  mutable std::map<std::string_view, Relation> relations_;
};

}  // namespace tomada::erp::sql

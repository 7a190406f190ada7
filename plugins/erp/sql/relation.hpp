#pragma once
// Relation: a configured query as it was found in the database, and its canonical columns as a table "t" to ask from.
#include "sql/dialect.hpp"

#include <tomada/sdk/database.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace tomada::erp::sql {

class Relation {
 public:
  // columns: what the query answers. zone: where the company's days begin, a name of the IANA's. Throws ToolError that
  // names the query, each column and what is expected.
  Relation(const Subject& subject, std::string query, Dialect dialect, const std::vector<sdk::Table::Column>& columns,
           std::string zone = {});

  [[nodiscard]] const Subject& subject() const noexcept { return *subject_; }
  [[nodiscard]] Dialect dialect() const noexcept { return dialect_; }
  [[nodiscard]] bool has(std::string_view field) const;  // does the query answer it
  void require(std::string_view field) const;            // throws ToolError when it does not
  [[nodiscard]] sdk::ToolError too_many_of(const std::string& id) const;
  [[nodiscard]] std::string table() const;  // "(SELECT … FROM (query) AS q)", every field by its name
  // One SELECT of the first value that is not what it must be: field, value, id. Empty: there can be none.
  [[nodiscard]] std::string search_for_bad() const;

  [[nodiscard]] static std::string first_look(const std::string& query);  // SELECT that answers the columns alone
  [[nodiscard]] static std::string known_columns(const Subject& subject);

 private:
  struct Bound {
    const Field* field = nullptr;
    std::string column;  // "q.amount_cents"; empty: absent
    std::string type;
    bool is_cents = false;
  };
  void bind(const sdk::Table::Column& column);
  void check() const;

  const Subject* subject_;
  std::string query_;
  Dialect dialect_;
  std::string zone_;
  std::vector<Bound> bound_;  // as the subject's fields
  std::vector<std::string> strangers_;
};

[[nodiscard]] std::string without_end(std::string_view query);  // without the ';' and blanks at its end

}  // namespace tomada::erp::sql

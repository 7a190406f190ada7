#include "sql/relation.hpp"

#include "folding.hpp"

#include <algorithm>

namespace tomada::erp::sql {
namespace {

constexpr std::string_view cents_end = "_cents";

std::string listed(const std::vector<std::string>& words) {
  std::string out;
  for (const auto& word : words) out += (out.empty() ? "" : ", ") + word;
  return out;
}

// A name that is no plain word would have to be quoted; no canonical field is one.
bool is_name(std::string_view field, std::string_view column) { return fold(column) == field; }

bool is_cents_of(const Field& field, std::string_view column) {
  return field.kind == FieldKind::money && column.ends_with(cents_end) &&
         is_name(field.name, column.substr(0, column.size() - cents_end.size()));
}

}  // namespace

std::string without_end(std::string_view query) {
  const auto last = query.find_last_not_of("; \t\r\n");
  return std::string{query.substr(0, last == std::string_view::npos ? 0 : last + 1)};
}

// The line end keeps a comment at the query's end from swallowing what follows.
std::string Relation::first_look(const std::string& query) { return "SELECT * FROM (" + query + "\n) AS q LIMIT 0"; }

std::string Relation::known_columns(const Subject& subject) {
  std::vector<std::string> names;
  for (const auto& field : subject.fields) {
    names.emplace_back(field.name);
    if (field.kind == FieldKind::money) names.push_back(std::string{field.name} + std::string{cents_end});
  }
  return listed(names);
}

Relation::Relation(const Subject& subject, std::string query, Dialect dialect,
                   const std::vector<sdk::Table::Column>& columns, std::string zone)
    : subject_{&subject}, query_{std::move(query)}, dialect_{dialect}, zone_{std::move(zone)} {
  for (const auto& field : subject.fields) bound_.push_back({&field, {}, {}, false});
  for (const auto& column : columns) bind(column);
  check();
}

void Relation::bind(const sdk::Table::Column& column) {
  for (auto& bound : bound_) {
    const bool is_cents = is_cents_of(*bound.field, column.name);
    if (!is_cents && !is_name(bound.field->name, column.name)) continue;
    if (!bound.column.empty()) break;  // it is there already
    bound.column = "q." + std::string{bound.field->name} + (is_cents ? std::string{cents_end} : std::string{});
    bound.type = column.type;
    bound.is_cents = is_cents;
    return;
  }
  strangers_.push_back(column.name);
}

void Relation::check() const {
  std::vector<std::string> missing, wrong;
  for (const auto& bound : bound_) {
    if (bound.column.empty()) {
      if (bound.field->is_required) missing.emplace_back(bound.field->name);
    } else if (!fits(*bound.field, bound.type)) {
      wrong.push_back("its column " + bound.column.substr(2) + " is " + bound.type + ", expected " +
                      std::string{expected(bound.field->kind)});
    }
  }
  std::string problem;
  const auto add = [&problem](const std::string& what) { problem += (problem.empty() ? "" : "; ") + what; };
  if (!missing.empty()) add("it lacks " + listed(missing));
  for (const auto& each : wrong) add(each);
  if (!strangers_.empty()) add("it answers " + listed(strangers_) + ", which nobody asks for");
  if (problem.empty() && subject_->name == "titles" && !has("open") && !has("paid")) add("it lacks open or paid");
  if (problem.empty()) return;
  throw sdk::ToolError{"the query \"" + std::string{subject_->name} + "\" does not answer what it must: " + problem +
                       ". Name its columns with AS: " + known_columns(*subject_) + "."};
}

bool Relation::has(std::string_view field) const {
  return std::any_of(bound_.begin(), bound_.end(),
                     [&](const Bound& bound) { return bound.field->name == field && !bound.column.empty(); });
}

void Relation::require(std::string_view field) const {
  if (has(field)) return;
  throw sdk::ToolError{"the query \"" + std::string{subject_->name} + "\" does not answer " + std::string{field} +
                       ", so nothing can be chosen by it. Ask without that filter, or add " + std::string{field} +
                       " to the query in the plugin's section of the configuration."};
}

sdk::ToolError Relation::too_many_of(const std::string& id) const {
  return sdk::ToolError{
      "the query \"" + std::string{subject_->name} + "\" answers too many records with the id \"" + id +
      "\"; an id must be of one record. Mend the query in the plugin's section of the configuration."};
}

std::string Relation::table() const {
  std::string out;
  for (const auto& bound : bound_) {
    const auto value = bound.column.empty()
                           ? absent(dialect_, *bound.field)
                           : canonical(dialect_, *bound.field, bound.column, bound.type, bound.is_cents, zone_);
    out += (out.empty() ? "(SELECT " : ", ") + value + " AS " + std::string{bound.field->name};
  }
  return out + " FROM (" + query_ + "\n) AS q)";
}

std::string Relation::search_for_bad() const {
  std::string which, value, conditions;
  for (const auto& bound : bound_) {
    if (bound.column.empty()) continue;
    const auto condition = bad(dialect_, *bound.field, bound.column);
    which += " WHEN " + condition + " THEN '" + std::string{bound.field->name} + "'";
    value += " WHEN " + condition + " THEN CAST(" + bound.column + " AS text)";
    conditions += (conditions.empty() ? " WHERE " : " OR ") + condition;
  }
  return "SELECT CASE" + which + " END, CASE" + value + " END, CAST(" + bound_.front().column + " AS text) FROM (" +
         query_ + "\n) AS q" + conditions + " LIMIT 1";
}

}  // namespace tomada::erp::sql

#include "sql/books.hpp"

#include "sentence.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

namespace tomada::erp::sql {
namespace {

constexpr std::int64_t longest_search_ms = 5'000;  // for values that are wrong; questions find them, too
constexpr std::int64_t search_again_ms = 60'000;   // records change while the server runs
constexpr std::string_view own_zone = "America/Sao_Paulo";

// A company whose titles name their categories needs no query for them.
constexpr std::string_view categories_of_titles =
    "SELECT category_code AS code, coalesce(max(category), category_code) AS description,"
    " CASE max(direction) WHEN 'receivable' THEN 'revenue' ELSE 'expense' END AS kind FROM (";
constexpr std::string_view end_of_those =
    "\n) AS titles WHERE category_code IS NOT NULL AND CAST(category_code AS text) <> '' GROUP BY category_code";

std::string text_in(const sdk::json::object& section, std::string_view key, std::string_view otherwise) {
  const auto* value = section.if_contains(sdk::json::string_view{key.data(), key.size()});
  return value && value->is_string() ? std::string{value->get_string()} : std::string{otherwise};
}

std::string zone_in(const sdk::json::object& section) {
  const auto named = text_in(section, "time_zone", own_zone);
  return named.empty() ? std::string{own_zone} : named;
}

const sdk::json::object& section_of(const Settings& settings) {
  const auto* section = settings.section.if_contains("sql");
  if (section && section->is_object()) return section->get_object();
  throw std::invalid_argument(
      "source = \"sql\" needs its queries, for example [plugin.erp.sql] titles = \"SELECT … AS id, …\"");
}

std::map<std::string, std::string, std::less<>> queries_in(const sdk::json::object& section) {
  std::map<std::string, std::string, std::less<>> out;
  for (const auto* subject : subjects::all) {
    auto query = without_end(text_in(section, subject->name, {}));
    if (!query.empty()) out[std::string{subject->name}] = std::move(query);
  }
  if (out.empty()) throw std::invalid_argument("source = \"sql\" needs at least one query, for example titles");
  return out;
}

std::string required_upstream(const Settings& settings) {
  if (!settings.upstream.empty()) return settings.upstream;
  throw std::invalid_argument("upstream is missing; source = \"sql\" needs it, for example upstream = \"books\"");
}

bool names_categories(const Relation& titles) { return titles.has("category_code") && titles.has("category"); }

Dialect dialect_of(const sdk::Table& table) {
  return table.dialect == "sqlite" ? Dialect::sqlite : Dialect::postgresql;
}

}  // namespace

Books::Books(const Settings& settings, sdk::Host host)
    : host_{host},
      upstream_{required_upstream(settings)},
      currency_{text_in(section_of(settings), "currency", "BRL")},
      zone_{zone_in(section_of(settings))},
      is_in_utc_{zone_ != own_zone},
      queries_{queries_in(section_of(settings))} {}

sdk::ToolError Books::not_configured(const Subject& subject) const {
  const std::string name{subject.name};
  return sdk::ToolError{"this company's " + name + " are not configured, so they cannot be asked for. Add " + name +
                        " = \"SELECT …\" to [plugin." + std::string{host_.instance()} + ".sql], with the columns " +
                        Relation::known_columns(subject) + "."};
}

Relation Books::relation(const Subject& subject, const Request& request) const {
  if (auto found = known(subject, request)) return *found;
  auto query = queries_.find(subject.name);
  const bool is_derived = query == queries_.end() && &subject == &subjects::categories && has(subjects::titles);
  if (query == queries_.end() && !is_derived) throw not_configured(subject);
  auto text = is_derived ? std::string{categories_of_titles} : query->second;
  if (is_derived) {
    const auto titles = relation(subjects::titles, request);
    if (!names_categories(titles)) throw not_configured(subject);
    text += queries_.find(subjects::titles.name)->second + std::string{end_of_those};
  }
  const auto look = ask(subject.name, Relation::first_look(text), {}, request);
  Relation found{subject, std::move(text), dialect_of(look), look.columns, zone_};
  const bool is_searchable = look_for_bad(found, request);
  const std::lock_guard lock{mutex_};
  const auto kept =
      relations_.insert_or_assign(subject.name, Known{std::move(found), host_.steady_ms(), is_searchable});
  return kept.first->second.relation;
}

std::optional<Relation> Books::known(const Subject& subject, const Request& request) const {
  std::unique_lock lock{mutex_};
  const auto found = relations_.find(subject.name);
  if (found == relations_.end()) return std::nullopt;
  auto relation = found->second.relation;
  const auto now = host_.steady_ms();
  if (!found->second.is_searchable || now - found->second.searched_ms < search_again_ms) return relation;
  lock.unlock();
  const bool is_searchable = look_for_bad(relation, request);  // throws: the next question searches again
  lock.lock();
  if (const auto still = relations_.find(subject.name); still != relations_.end()) {
    still->second.searched_ms = now;
    still->second.is_searchable = is_searchable;
  }
  return relation;
}

bool Books::knows_categories(const Request& request) const {
  return has(subjects::categories) || !has(subjects::titles) || names_categories(relation(subjects::titles, request));
}

void Books::check_all(const Request& request) const {
  std::string problems;
  for (const auto* subject : subjects::all) {
    if (!has(*subject)) continue;
    try {
      (void)relation(*subject, request);
    } catch (const sdk::ToolError& error) {
      problems += (problems.empty() ? "" : " ") + std::string{error.what()};
    }
  }
  if (!problems.empty()) throw sdk::ToolError{problems};
}

// One look over the whole of it, as far as there is time: SQLite compares anything with anything.
bool Books::look_for_bad(const Relation& relation, const Request& request) const {
  sdk::Table found;
  try {
    found = ask(relation.subject().name, relation.search_for_bad(), {}, request, longest_search_ms);
  } catch (const sdk::SqlRefused&) {
    throw;
  } catch (const sdk::ToolError&) {
    return false;
  }
  if (found.rows.empty()) return true;
  const auto& row = found.rows.front().as_array();
  const auto shown = [&](std::size_t at) {
    return row[at].is_string() ? '"' + std::string{row[at].get_string()} + '"' : std::string{"NULL"};
  };
  const auto name = std::string{row[0].as_string()};
  const auto field = std::find_if(relation.subject().fields.begin(), relation.subject().fields.end(),
                                  [&](const Field& each) { return each.name == name; });
  const bool is_word = field->kind == FieldKind::word;
  throw sdk::ToolError{"the query \"" + std::string{relation.subject().name} + "\": " + name + " is " + shown(1) +
                       " where " + std::string{relation.subject().fields.front().name} + " is " + shown(2) +
                       ", expected " +
                       (is_word ? "one of " + std::string{field->words} : std::string{expected(field->kind)}) +
                       ". Mend the query in [plugin." + std::string{host_.instance()} + ".sql], or the record."};
}

sdk::Table Books::ask(std::string_view subject, const std::string& sql, const sdk::json::array& parameters,
                      const Request& request, std::int64_t timeout_ms) const {
  return last_failure_.watch([&] { return ask_now(subject, sql, parameters, request, timeout_ms); });
}

sdk::Table Books::ask_now(std::string_view subject, const std::string& sql, const sdk::json::array& parameters,
                          const Request& request, std::int64_t timeout_ms) const {
  constexpr std::uint32_t most_rows = 200'000;
  constexpr std::uint64_t most_bytes = 128u << 20;
  if (request.call) request.call->check();
  try {
    return sdk::ask(host_, request.call, upstream_, {sql, parameters, most_rows, most_bytes, timeout_ms});
  } catch (const sdk::SqlRefused& error) {
    const std::lock_guard lock{mutex_};
    relations_.erase(subject);  // the database may have changed: look anew
    throw sdk::SqlRefused{"the query \"" + std::string{subject} + "\" of [plugin." + std::string{host_.instance()} +
                          ".sql]: " + host_sentence(error.what())};
  } catch (const sdk::ToolError& error) {
    if (request.call) request.call->check();
    throw sdk::ToolError{host_sentence(error.what())};
  }
}

void Books::note(const sdk::Table& table, Provenance& provenance) const {
  Provenance read;
  read.as_of_ms = table.read_at_ms;
  read.was_asked = true;
  merge(provenance, read);
  provenance.currency = currency_;
  provenance.is_in_utc = is_in_utc_;
}

sdk::json::object Books::health() const {
  return last_failure_.health("Look at the upstream's database and at the queries of the plugin's section.");
}

}  // namespace tomada::erp::sql

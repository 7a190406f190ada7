#include "core/config/shape.hpp"

#include "core/base/text.hpp"
#include "core/json/reader.hpp"
#include "core/schema/schema.hpp"
#include "schemas/embedded.hpp"

#include <stdexcept>

namespace tomada::config {
namespace {

constexpr std::size_t most_violations = 64;

// The schema's nodes beside the document's. Follows $ref into $defs, which is all that our own schema uses.
class Guide final {
 public:
  explicit Guide(const json::object& root) : root_{root} {}

  [[nodiscard]] const json::object* resolve(const json::object* node) const {
    while (node) {
      const json::string* reference = json::find_string(*node, "$ref");
      if (!reference) return node;
      constexpr std::string_view prefix = "#/$defs/";
      node = json::find_object(*json::find_object(root_, "$defs"), json::view(*reference).substr(prefix.size()));
    }
    return nullptr;
  }

  [[nodiscard]] const json::object* member(const json::object* node, std::string_view key) const {
    node = resolve(node);
    if (!node) return nullptr;
    const json::object* properties = json::find_object(*node, "properties");
    if (const json::object* named = properties ? json::find_object(*properties, key) : nullptr) return resolve(named);
    const json::object* others = json::find_object(*node, "additionalProperties");
    return resolve(others ? others : json::find_object(*node, "items"));
  }

  [[nodiscard]] const json::object* at(std::string_view pointer) const {
    const json::object* node = &root_;
    for (const auto& token : tokens(pointer)) node = member(node, token);
    return node;
  }

  [[nodiscard]] const json::object& root() const noexcept { return root_; }

 private:
  const json::object& root_;
};

std::vector<std::string> known_keys(const json::object& node) {
  std::vector<std::string> out;
  if (const json::object* properties = json::find_object(node, "properties")) {
    for (const auto& member : *properties) out.emplace_back(member.key());
  }
  return out;
}

bool is_closed(const json::object& node) {
  const json::value* others = json::find(node, "additionalProperties");
  return others && others->is_bool() && !others->get_bool();
}

class KeyCheck final {
 public:
  KeyCheck(const Guide& guide, const Document& document, std::vector<Error>& problems)
      : guide_{guide}, document_{document}, problems_{problems} {}

  void walk(json::object& object, const json::object* node, const std::string& pointer) {
    if (!node) return;
    for (auto at = object.begin(); at != object.end();) {
      const std::string_view key{at->key().data(), at->key().size()};
      const json::object* inner = guide_.member(node, key);
      if (!inner && is_closed(*node)) {
        complain(key, *node, pointer);
        at = object.erase(at);
        continue;
      }
      if (auto* table = at->value().if_object()) walk(*table, inner, child(pointer, key));
      ++at;
    }
  }

 private:
  void complain(std::string_view key, const json::object& node, const std::string& pointer) {
    problems_.push_back(failure(ErrorCode::configuration, text::concat({"unknown key \"", key, "\""}),
                                document_.where(child(pointer, key)), mend(key, node, pointer)));
  }

  [[nodiscard]] std::string mend(std::string_view key, const json::object& node, const std::string& pointer) const {
    const auto known = known_keys(node);
    const std::string near = text::nearest(key, known);
    if (!near.empty()) return text::concat({"did you mean \"", near, "\"?"});
    if (!pointer.empty() && guide_.member(&guide_.root(), key)) {
      return text::concat({"\"", key, "\" belongs above the first [section]"});
    }
    return text::concat({"known here: ", text::join(known, ", ")});
  }

  const Guide& guide_;
  const Document& document_;
  std::vector<Error>& problems_;
};

// A violation of propertyNames tells the table; the wrong key inside it has its own line.
std::string place_of(const schema::Violation& violation, const Document& document) {
  const bool is_quoted = violation.found.size() > 2 && violation.found.front() == '"' && violation.found.back() == '"';
  if (!is_quoted) return violation.path;
  std::string inside = child(violation.path, violation.found.substr(1, violation.found.size() - 2));
  return document.names(inside) ? inside : violation.path;
}

std::string expectation(const schema::Violation& violation, const Guide& guide, bool is_about_name) {
  const json::object* node = violation.path.empty() ? nullptr : guide.at(violation.path);
  if (node && is_about_name) node = guide.resolve(json::find_object(*node, "propertyNames"));
  const json::string* title = node ? json::find_string(*node, "title") : nullptr;
  if (!title) return violation.expected;
  return text::concat({is_about_name ? "a name of " : "", json::view(*title)});
}

bool is_secret(const schema::Violation& violation, const Guide& guide) {
  const json::object* node = violation.path.empty() ? nullptr : guide.at(violation.path);
  const json::value* marked = node ? json::find(*node, "writeOnly") : nullptr;
  return marked && *marked == true;
}

// What ${…} brought in is never shown, nor what the schema calls a secret.
std::string found_in(const schema::Violation& violation, const Guide& guide, const Document& document) {
  const auto written = document.written.find(violation.path);
  if (written != document.written.end()) return text::concat({"what ", written->second, " stands for"});
  return is_secret(violation, guide) ? "another value" : violation.found;
}

Error wrong(const schema::Violation& violation, const Guide& guide, const Document& document) {
  const std::string place = place_of(violation, document);
  return failure(
      ErrorCode::configuration,
      text::concat({dotted(violation.path), ": expected ", expectation(violation, guide, place != violation.path),
                    ", found ", found_in(violation, guide, document)}),
      document.where(place));
}

void remove(json::object& root, std::string_view pointer) {
  auto path = tokens(pointer);
  if (path.empty()) return;
  json::object* parent = &root;
  for (std::size_t i = 0; i + 1 < path.size(); ++i) {
    json::value* next = parent->if_contains(path[i]);
    if (!next || !next->is_object()) {  // inside a list: the list goes
      parent->erase(path[i]);
      return;
    }
    parent = &next->get_object();
  }
  parent->erase(path.back());
}

}  // namespace

void check_shape(Document& document, std::vector<Error>& problems) {
  const auto definition = json::read(schemas::embedded("config/server.json"));
  const auto schema = definition ? schema::Schema::compile(*definition) : Result<schema::Schema>{definition.error()};
  if (!schema) throw std::logic_error{"schemas/config/server.json: " + schema.error().text()};
  const Guide guide{definition->get_object()};
  KeyCheck{guide, document, problems}.walk(document.root, &guide.root(), "");
  for (const auto& violation : schema->violations(document.root, most_violations)) {
    if (!document.unresolved.contains(violation.path)) problems.push_back(wrong(violation, guide, document));
    remove(document.root, violation.path);
  }
}

}  // namespace tomada::config

#pragma once
// Library: the documents known while a schema is compiled, their resources ($id) and anchors, and how references find
// a subschema among them.
#include "core/base/result.hpp"
#include "core/json/value.hpp"
#include "core/schema/program.hpp"
#include "core/schema/vocabulary.hpp"

#include <map>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace tomada::schema {

struct Resource {
  std::string uri;  // without fragment
  const json::value* root = nullptr;
  Vocabularies vocabularies;
  std::map<std::string, const json::value*, std::less<>> anchors;          // both kinds
  std::map<std::string, const json::value*, std::less<>> dynamic_anchors;  // $dynamicAnchor only
};

struct Place {
  Index resource = 0;
  std::string pointer;  // into its document
};

class Library final {
 public:
  explicit Library(std::span<const Document> documents) : documents_{documents} {}

  [[nodiscard]] Result<void> add(std::string_view uri, const json::value& document);  // must outlive the library
  [[nodiscard]] Result<const json::value*> find(Index from, std::string_view reference, std::string_view pointer);
  // The subschema that `reference`, written at `pointer` in the resource `from`, means.

  [[nodiscard]] const json::value* bookend(Index from, std::string_view reference);
  // The subschema with the $dynamicAnchor that the reference names; null: it names none, so it is an ordinary one.

  [[nodiscard]] const Place& place(const json::value* schema) const { return places_.at(schema); }
  [[nodiscard]] const std::vector<Resource>& resources() const noexcept { return resources_; }

 private:
  [[nodiscard]] Result<void> scan(const json::value& schema, Place place, std::size_t depth);
  [[nodiscard]] Result<void> scan_children(const json::object& schema, const Place& place, std::size_t depth);
  [[nodiscard]] Result<void> enter(const json::value& schema, const json::object& members, Place& place);
  [[nodiscard]] Result<void> anchor(const json::value& schema, const json::object& members, const Place& place);
  [[nodiscard]] Result<Index> resource(const std::string& uri, std::string_view pointer);
  [[nodiscard]] Result<Vocabularies> dialect(const json::object& members, const Vocabularies& outer,
                                             std::string_view pointer);
  [[nodiscard]] Result<const json::value*> walk(Index resource, std::string_view fragment, std::string_view pointer);
  [[nodiscard]] const Document* document(std::string_view uri) const noexcept;

  std::span<const Document> documents_;
  std::vector<Resource> resources_;
  std::map<std::string, Index, std::less<>> by_uri_;
  std::unordered_map<const json::value*, Place> places_;
};

[[nodiscard]] std::string child_pointer(std::string_view pointer, std::string_view key);  // "/a" + "b/c" = "/a/b~1c"

}  // namespace tomada::schema

#include "core/schema/library.hpp"

#include "core/base/text.hpp"
#include "core/schema/metaschema.hpp"
#include "core/schema/uri.hpp"

#include <array>
#include <charconv>

// A document is walked once, keyword by keyword, so that an "$id" inside "const" or an unknown keyword is not taken for
// a resource. A pointer may still lead to such a place; it is walked when somebody refers to it.
namespace tomada::schema {
namespace {

constexpr std::size_t deepest = 256;
constexpr std::size_t most_subschemas = 50'000;

constexpr std::array<std::string_view, 11> single_keywords = {"additionalProperties",
                                                              "contains",
                                                              "contentSchema",
                                                              "else",
                                                              "if",
                                                              "items",
                                                              "not",
                                                              "propertyNames",
                                                              "then",
                                                              "unevaluatedItems",
                                                              "unevaluatedProperties"};
constexpr std::array<std::string_view, 4> list_keywords = {"allOf", "anyOf", "oneOf", "prefixItems"};
constexpr std::array<std::string_view, 5> map_keywords = {"$defs", "definitions", "dependentSchemas",
                                                          "patternProperties", "properties"};

std::string unescape_token(std::string_view token) {
  std::string out;
  for (std::size_t i = 0; i < token.size(); ++i) {
    const bool is_escape = token[i] == '~' && i + 1 < token.size();
    if (is_escape) ++i;
    out.push_back(is_escape ? (token[i] == '1' ? '/' : '~') : token[i]);
  }
  return out;
}

const json::value* step_into(const json::value& from, std::string_view token) noexcept {
  if (const auto* members = from.if_object()) return json::find(*members, token);
  const auto* list = from.if_array();
  std::size_t position = 0;
  if (!list ||
      std::from_chars(token.data(), token.data() + token.size(), position).ptr != token.data() + token.size()) {
    return nullptr;
  }
  return position < list->size() ? &(*list)[position] : nullptr;
}

}  // namespace

std::string child_pointer(std::string_view pointer, std::string_view key) {
  std::string out{pointer};
  out.push_back('/');
  for (const char c : key) {
    if (c == '~') {
      out.append("~0");
    } else if (c == '/') {
      out.append("~1");
    } else {
      out.push_back(c);
    }
  }
  return out;
}

Result<void> Library::add(std::string_view uri, const json::value& document) {
  Resource first;
  first.uri = resolve("", uri).resource;
  first.root = &document;
  const auto index = static_cast<Index>(resources_.size());
  by_uri_.emplace(first.uri, index);
  resources_.push_back(std::move(first));
  return scan(document, {index, ""}, 0);
}

Result<void> Library::scan(const json::value& schema, Place place, std::size_t depth) {
  if (depth > deepest || places_.size() >= most_subschemas) {
    return failure(ErrorCode::invalid_argument, "the schema is nested too deeply or has too many subschemas",
                   place.pointer, "make it simpler");
  }
  if (places_.contains(&schema)) return {};
  const auto* members = schema.if_object();
  if (members) {
    if (auto entered = enter(schema, *members, place); !entered) return entered.error();
    if (auto anchored = anchor(schema, *members, place); !anchored) return anchored.error();
  }
  places_.emplace(&schema, place);
  return members ? scan_children(*members, place, depth + 1) : Result<void>{};
}

Result<void> Library::scan_children(const json::object& schema, const Place& place, std::size_t depth) {
  const auto visit = [&](const json::value& child, std::string pointer) {
    return scan(child, {place.resource, std::move(pointer)}, depth);
  };
  for (const auto keyword : single_keywords) {
    const auto* child = json::find(schema, keyword);
    if (!child) continue;
    if (auto done = visit(*child, child_pointer(place.pointer, keyword)); !done) return done;
  }
  for (const auto keyword : list_keywords) {
    const auto* child = json::find(schema, keyword);
    const auto* list = child ? child->if_array() : nullptr;
    for (std::size_t i = 0; list && i < list->size(); ++i) {
      const auto pointer = child_pointer(child_pointer(place.pointer, keyword), std::to_string(i));
      if (auto done = visit((*list)[i], pointer); !done) return done;
    }
  }
  for (const auto keyword : map_keywords) {
    const auto* map = json::find_object(schema, keyword);
    if (!map) continue;
    for (const auto& member : *map) {
      const auto pointer =
          child_pointer(child_pointer(place.pointer, keyword), {member.key().data(), member.key().size()});
      if (auto done = visit(member.value(), pointer); !done) return done;
    }
  }
  return {};
}

// "$id" and "$schema": the start of a resource.
Result<void> Library::enter(const json::value& schema, const json::object& members, Place& place) {
  const bool is_root = resources_[place.resource].root == &schema;
  if (const auto* id = json::find_string(members, "$id")) {
    const auto uri = resolve(resources_[place.resource].uri, json::view(*id));
    if (!uri.fragment.empty()) {
      return failure(ErrorCode::invalid_argument, "\"$id\" must not have a fragment",
                     child_pointer(place.pointer, "$id"), "use \"$anchor\"");
    }
    Resource next = is_root ? resources_[place.resource] : Resource{};
    next.uri = uri.resource;
    next.root = &schema;
    next.vocabularies = resources_[place.resource].vocabularies;
    if (!is_root) {
      place.resource = static_cast<Index>(resources_.size());
      resources_.push_back(next);
    } else {
      resources_[place.resource] = next;
    }
    const auto [known, is_new] = by_uri_.emplace(next.uri, place.resource);
    if (!is_new && known->second != place.resource) {
      return failure(ErrorCode::invalid_argument, text::concat({"two subschemas have the \"$id\" ", next.uri}),
                     child_pointer(place.pointer, "$id"), "give each its own");
    }
  } else if (!is_root) {
    return {};
  }
  auto vocabularies = dialect(members, resources_[place.resource].vocabularies, place.pointer);
  if (!vocabularies) return vocabularies.error();
  resources_[place.resource].vocabularies = *vocabularies;
  return {};
}

Result<Vocabularies> Library::dialect(const json::object& members, const Vocabularies& outer,
                                      std::string_view pointer) {
  const auto* declared = json::find_string(members, "$schema");
  if (!declared) return outer;
  const std::string_view uri = json::view(*declared);
  Vocabularies out;
  if (resolve("", uri).resource == dialect_2020_12) return out;
  const Document* metaschema = document(uri);
  const auto* description = metaschema ? metaschema->definition.if_object() : nullptr;
  if (!description) {
    return failure(ErrorCode::invalid_argument, text::concat({"the schema is written for the dialect ", uri}),
                   child_pointer(pointer, "$schema"),
                   text::concat({"write it for ", dialect_2020_12, " or leave \"$schema\" out"}));
  }
  const auto* vocabulary = json::find_object(*description, "$vocabulary");
  if (!vocabulary) return out;
  if (const auto unknown = read_vocabularies(*vocabulary, out)) {
    return failure(ErrorCode::invalid_argument, text::concat({"the dialect ", uri, " needs the vocabulary ", *unknown}),
                   child_pointer(pointer, "$schema"), "use the standard vocabularies");
  }
  return out;
}

Result<void> Library::anchor(const json::value& schema, const json::object& members, const Place& place) {
  Resource& resource = resources_[place.resource];
  for (const std::string_view keyword : {"$anchor", "$dynamicAnchor"}) {
    const auto* name = json::find_string(members, keyword);
    if (!name) continue;
    const auto [known, is_new] = resource.anchors.emplace(std::string{json::view(*name)}, &schema);
    if (!is_new && known->second != &schema) {
      return failure(ErrorCode::invalid_argument, text::concat({"two subschemas have the anchor ", known->first}),
                     child_pointer(place.pointer, keyword), "give each its own");
    }
    if (keyword == "$dynamicAnchor") resource.dynamic_anchors.emplace(known->first, &schema);
  }
  return {};
}

const Document* Library::document(std::string_view uri) const noexcept {
  for (const auto& known : documents_) {
    if (known.uri == uri) return &known;
  }
  return nullptr;
}

Result<Index> Library::resource(const std::string& uri, std::string_view pointer) {
  if (const auto known = by_uri_.find(uri); known != by_uri_.end()) return known->second;
  const Document* given = document(uri);
  if (!given && uri != dialect_2020_12) {
    return failure(ErrorCode::invalid_argument,
                   text::concat({"the schema refers to ", uri, ", which is not in this document"}),
                   std::string{pointer}, "nothing is fetched from the network; put it under \"$defs\"");
  }
  if (auto added = add(uri, given ? given->definition : metaschema()); !added) return added.error();
  return by_uri_.at(uri);
}

Result<const json::value*> Library::find(Index from, std::string_view reference, std::string_view pointer) {
  const Reference target = resolve(resources_[from].uri, reference);
  const auto in = resource(target.resource, pointer);
  if (!in) return in.error();
  if (target.fragment.empty()) return resources_[*in].root;
  if (target.fragment.front() == '/') return walk(*in, target.fragment, pointer);
  const auto& anchors = resources_[*in].anchors;
  if (const auto known = anchors.find(target.fragment); known != anchors.end()) return known->second;
  return failure(ErrorCode::invalid_argument, text::concat({"there is no anchor \"", target.fragment, "\""}),
                 std::string{pointer}, "add \"$anchor\" to the subschema that is meant");
}

const json::value* Library::bookend(Index from, std::string_view reference) {
  const Reference target = resolve(resources_[from].uri, reference);
  const auto in = by_uri_.find(target.resource);
  if (in == by_uri_.end()) return nullptr;
  const auto& anchors = resources_[in->second].dynamic_anchors;
  const auto known = anchors.find(target.fragment);
  return known == anchors.end() ? nullptr : known->second;
}

Result<const json::value*> Library::walk(Index resource, std::string_view fragment, std::string_view pointer) {
  const json::value* at = resources_[resource].root;
  Place place = places_.at(at);
  for (const auto token : text::split(fragment.substr(1), '/')) {
    const std::string key = unescape_token(token);
    at = step_into(*at, key);
    if (!at) {
      return failure(ErrorCode::invalid_argument, text::concat({"there is nothing at #", fragment}),
                     std::string{pointer}, "correct the reference");
    }
    place.pointer = child_pointer(place.pointer, key);
    if (const auto known = places_.find(at); known != places_.end()) place = known->second;
  }
  if (auto done = scan(*at, place, 0); !done) return done.error();
  return at;
}

}  // namespace tomada::schema

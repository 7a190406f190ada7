#pragma once
// Program: a compiled schema. Nodes are runs of instructions in one vector; operands lie in tables beside it, so that
// applying a schema follows indices and allocates nothing as long as the instance fits.
#include "core/json/value.hpp"
#include "core/schema/format.hpp"
#include "core/schema/pattern.hpp"
#include "core/schema/schema.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tomada::schema {

using Index = std::uint32_t;
inline constexpr Index none = static_cast<Index>(-1);

// In the order of execution: what is cheap and decides early comes first, what needs the others' marks last.
enum class Operation : std::uint8_t {
  never,     // false
  type,      // first: a set of Type bits
  constant,  // first: value
  choice,    // first, second: range of values
  minimum,   // first: value; numbers
  maximum,
  exclusive_minimum,
  exclusive_maximum,
  multiple_of,
  minimum_length,  // first: count; strings
  maximum_length,
  format,   // first: Format
  pattern,  // first: pattern
  minimum_elements,
  maximum_elements,
  unique_elements,
  minimum_members,  // first: count; objects
  maximum_members,
  required,            // first, second: range of names
  dependent_required,  // first, second: range of names; the first is the one that others depend on
  member_names,        // first: node
  members,             // first: member rule
  elements,            // first: element rule
  contains,            // first: contain rule
  dependent_schema,    // first: name, second: node
  all,                 // first, second: range of children
  any,
  one,
  negation,           // first: node
  condition,          // first: position in children of if, then, else (none: absent)
  reference,          // first: node
  dynamic_reference,  // first: node when nobody overrides, second: anchor
  unevaluated_elements,
  unevaluated_members,  // first: node
};

namespace type {
enum Bits : Index { null = 1, boolean = 2, integer = 4, number = 8, string = 16, array = 32, object = 64 };
}

struct Instruction {
  Operation operation;
  Index first = 0;
  Index second = 0;
};

struct Node {
  Index begin = 0, end = 0;      // of its instructions
  Index resource = 0;            // which $id it belongs to
  bool sees_evaluation = false;  // has an unevaluated… keyword
};

struct MemberRule {  // properties, patternProperties, additionalProperties
  struct Named {
    std::string name;
    Index node;
  };
  struct Matched {
    Index pattern;
    Index node;
  };
  std::vector<Named> named;  // sorted by name
  std::vector<Matched> matched;
  Index additional = none;

  [[nodiscard]] Index find(std::string_view name) const noexcept;  // none: no such property
};

struct ElementRule {  // prefixItems, items
  std::vector<Index> prefix;
  Index rest = none;
};

struct ContainRule {
  Index node;
  std::size_t least = 1;
  std::size_t most = static_cast<std::size_t>(-1);
};

struct DynamicAnchor {
  Index resource;
  Index anchor;  // number of the name
  Index node;
};

struct Schema::Program {
  std::vector<Node> nodes;  // the first is the schema itself
  std::vector<Instruction> instructions;
  std::vector<Index> children;
  std::vector<json::value> values;
  std::vector<std::string> names;
  std::vector<Pattern> patterns;
  std::vector<MemberRule> member_rules;
  std::vector<ElementRule> element_rules;
  std::vector<ContainRule> contain_rules;
  std::vector<DynamicAnchor> dynamic_anchors;

  [[nodiscard]] bool is_never(Index node) const noexcept;  // the schema false
};

using Program = Schema::Program;

}  // namespace tomada::schema

#include "core/base/text.hpp"
#include "core/schema/compiler.hpp"

#include <algorithm>

// The part of the compiler that reads keywords which apply subschemas.
namespace tomada::schema {

Index Compiler::subschema(const Draft& draft, const json::value& schema, std::string_view keyword,
                          std::string_view key) {
  if (schema.is_object() || schema.is_bool()) return node_for(&schema);
  const std::string pointer = pointer_of(draft, keyword);
  refuse("a schema must be an object, true or false", key.empty() ? pointer : child_pointer(pointer, key));
  return 0;
}

void Compiler::members(Draft& draft) {
  MemberRule rule;
  if (const auto* properties = map(draft, "properties")) {
    for (const auto& [key, schema] : *properties) {
      const std::string name{key.data(), key.size()};
      rule.named.push_back({name, subschema(draft, schema, "properties", name)});
    }
  }
  if (const auto* patterns = map(draft, "patternProperties")) {
    for (const auto& [key, schema] : *patterns) {
      const std::string source{key.data(), key.size()};
      const auto index = pattern(source, child_pointer(pointer_of(draft, "patternProperties"), source));
      if (index) rule.matched.push_back({*index, subschema(draft, schema, "patternProperties", source)});
    }
  }
  if (const auto* additional = json::find(draft.members, "additionalProperties")) {
    rule.additional = subschema(draft, *additional, "additionalProperties");
  }
  if (rule.named.empty() && rule.matched.empty() && rule.additional == none) return;
  std::sort(rule.named.begin(), rule.named.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  draft.instructions.push_back({Operation::members, static_cast<Index>(program_->member_rules.size())});
  program_->member_rules.push_back(std::move(rule));
}

void Compiler::elements(Draft& draft) {
  ElementRule rule;
  if (const auto* prefix = list(draft, "prefixItems")) {
    for (const auto& schema : *prefix) rule.prefix.push_back(subschema(draft, schema, "prefixItems"));
  }
  if (const auto* items = json::find(draft.members, "items")) rule.rest = subschema(draft, *items, "items");
  if (rule.prefix.empty() && rule.rest == none) return;
  draft.instructions.push_back({Operation::elements, static_cast<Index>(program_->element_rules.size())});
  program_->element_rules.push_back(std::move(rule));
}

void Compiler::contains(Draft& draft) {
  const auto* schema = json::find(draft.members, "contains");
  if (!schema) return;
  ContainRule rule{subschema(draft, *schema, "contains")};
  if (draft.vocabularies.has_validation) {
    rule.least = count_of(draft, "minContains").value_or(rule.least);
    rule.most = count_of(draft, "maxContains").value_or(rule.most);
  }
  draft.instructions.push_back({Operation::contains, static_cast<Index>(program_->contain_rules.size())});
  program_->contain_rules.push_back(rule);
}

void Compiler::combinations(Draft& draft) {
  children(draft, "allOf", Operation::all);
  children(draft, "anyOf", Operation::any);
  children(draft, "oneOf", Operation::one);
  if (const auto* schema = json::find(draft.members, "not")) {
    draft.instructions.push_back({Operation::negation, subschema(draft, *schema, "not")});
  }
  if (const auto* condition = json::find(draft.members, "if")) {
    const auto branch = [&](std::string_view keyword) {
      const auto* schema = json::find(draft.members, keyword);
      return schema ? subschema(draft, *schema, keyword) : none;
    };
    const std::vector<Index> nodes{subschema(draft, *condition, "if"), branch("then"), branch("else")};
    draft.instructions.push_back({Operation::condition, static_cast<Index>(program_->children.size())});
    program_->children.insert(program_->children.end(), nodes.begin(), nodes.end());
  }
  const auto* dependent = map(draft, "dependentSchemas");
  if (!dependent) return;
  for (const auto& [key, schema] : *dependent) {
    const auto name = static_cast<Index>(program_->names.size());
    program_->names.emplace_back(key.data(), key.size());
    const Index node = subschema(draft, schema, "dependentSchemas", program_->names.back());
    draft.instructions.push_back({Operation::dependent_schema, name, node});
  }
}

void Compiler::children(Draft& draft, std::string_view keyword, Operation operation) {
  const auto* schemas = list(draft, keyword);
  if (!schemas) return;
  if (schemas->empty()) {
    return refuse(tomada::text::concat({"\"", keyword, "\" must not be empty"}), pointer_of(draft, keyword));
  }
  std::vector<Index> nodes;
  for (std::size_t i = 0; i < schemas->size(); ++i) {
    nodes.push_back(subschema(draft, (*schemas)[i], keyword, std::to_string(i)));
  }
  const auto first = static_cast<Index>(program_->children.size());
  program_->children.insert(program_->children.end(), nodes.begin(), nodes.end());
  draft.instructions.push_back({operation, first, static_cast<Index>(program_->children.size())});
}

}  // namespace tomada::schema

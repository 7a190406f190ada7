#include "core/base/text.hpp"
#include "core/schema/compiler.hpp"
#include "core/schema/number.hpp"

#include <algorithm>

// The part of the compiler that reads keywords which look at a value alone: its type, size, text, members' names.
namespace tomada::schema {
namespace {

constexpr std::pair<std::string_view, Index> type_names[] = {
    {"null", type::null},     {"boolean", type::boolean}, {"integer", type::integer}, {"number", type::number},
    {"string", type::string}, {"array", type::array},     {"object", type::object}};

Index type_bit(std::string_view name) noexcept {
  for (const auto& [known, bit] : type_names) {
    if (known == name) return bit;
  }
  return 0;
}

}  // namespace

std::optional<Index> Compiler::type_bits(const Draft& draft, const json::value& types) {
  Index bits = 0;
  const auto add = [&](const json::value& one) {
    const auto* name = one.if_string();
    const Index bit = name ? type_bit(json::view(*name)) : 0;
    bits |= bit;
    return bit != 0;
  };
  const auto* several = types.if_array();
  const bool is_known = several ? !several->empty() && std::all_of(several->begin(), several->end(), add) : add(types);
  if (is_known) return bits;
  refuse("\"type\" names no type", pointer_of(draft, "type"),
         "use null, boolean, integer, number, string, array, object or a list of them");
  return std::nullopt;
}

void Compiler::values(Draft& draft) {
  auto& known = program_->values;
  if (const auto* types = json::find(draft.members, "type")) {
    if (const auto bits = type_bits(draft, *types)) draft.instructions.push_back({Operation::type, *bits});
  }
  if (const auto* constant = json::find(draft.members, "const")) {
    draft.instructions.push_back({Operation::constant, static_cast<Index>(known.size())});
    known.emplace_back(*constant);
  }
  if (const auto* choices = list(draft, "enum")) {
    const auto first = static_cast<Index>(known.size());
    known.insert(known.end(), choices->begin(), choices->end());
    draft.instructions.push_back({Operation::choice, first, static_cast<Index>(known.size())});
  }
}

void Compiler::numbers(Draft& draft) {
  number(draft, "minimum", Operation::minimum);
  number(draft, "maximum", Operation::maximum);
  number(draft, "exclusiveMinimum", Operation::exclusive_minimum);
  number(draft, "exclusiveMaximum", Operation::exclusive_maximum);
  number(draft, "multipleOf", Operation::multiple_of);
}

void Compiler::texts(Draft& draft) {
  if (draft.vocabularies.asserts_format || options_.asserts_format) {
    const auto* name = text(draft, "format");
    const auto format = name ? format_of(json::view(*name)) : std::nullopt;
    if (format) draft.instructions.push_back({Operation::format, static_cast<Index>(*format)});
  }
  if (!draft.vocabularies.has_validation) return;
  count(draft, "minLength", Operation::minimum_length);
  count(draft, "maxLength", Operation::maximum_length);
  if (const auto* source = text(draft, "pattern")) {
    const auto index = pattern(json::view(*source), pointer_of(draft, "pattern"));
    if (index) draft.instructions.push_back({Operation::pattern, *index});
  }
}

void Compiler::arrays(Draft& draft) {
  if (!draft.vocabularies.has_validation) return;
  count(draft, "minItems", Operation::minimum_elements);
  count(draft, "maxItems", Operation::maximum_elements);
  const auto* unique = json::find(draft.members, "uniqueItems");
  if (!unique) return;
  if (!unique->is_bool()) return refuse("\"uniqueItems\" must be true or false", pointer_of(draft, "uniqueItems"));
  if (unique->get_bool()) draft.instructions.push_back({Operation::unique_elements});
}

void Compiler::objects(Draft& draft) {
  if (draft.vocabularies.has_validation) {
    count(draft, "minProperties", Operation::minimum_members);
    count(draft, "maxProperties", Operation::maximum_members);
  }
  const auto* names = json::find(draft.members, "propertyNames");
  if (!names || !draft.vocabularies.has_applicator) return;
  draft.instructions.push_back({Operation::member_names, subschema(draft, *names, "propertyNames")});
}

void Compiler::requirements(Draft& draft) {
  auto& names = program_->names;
  if (const auto* required = json::find(draft.members, "required")) {
    const auto first = static_cast<Index>(names.size());
    if (!append_names(*required, pointer_of(draft, "required"))) return;
    draft.instructions.push_back({Operation::required, first, static_cast<Index>(names.size())});
  }
  const auto* dependent = map(draft, "dependentRequired");
  if (!dependent) return;
  for (const auto& [key, required] : *dependent) {
    const auto first = static_cast<Index>(names.size());
    names.emplace_back(key.data(), key.size());
    if (!append_names(required, child_pointer(pointer_of(draft, "dependentRequired"), names.back()))) return;
    draft.instructions.push_back({Operation::dependent_required, first, static_cast<Index>(names.size())});
  }
}

bool Compiler::append_names(const json::value& list, const std::string& pointer) {
  const auto* names = list.if_array();
  const auto is_name = [](const json::value& name) { return name.is_string(); };
  if (!names || !std::all_of(names->begin(), names->end(), is_name)) {
    refuse("a list of property names is needed here", pointer);
    return false;
  }
  for (const auto& name : *names) program_->names.emplace_back(json::view(name.get_string()));
  return true;
}

void Compiler::count(Draft& draft, std::string_view keyword, Operation operation) {
  if (const auto limit = count_of(draft, keyword)) {
    draft.instructions.push_back({operation, static_cast<Index>(std::min<std::size_t>(*limit, none))});
  }
}

std::optional<std::size_t> Compiler::count_of(const Draft& draft, std::string_view keyword) {
  const auto* limit = json::find(draft.members, keyword);
  if (!limit) return std::nullopt;
  if (is_number(*limit) && is_integer(*limit) && limit->to_number<double>() >= 0) {
    return static_cast<std::size_t>(std::min(limit->to_number<double>(), 4294967295.0));
  }
  refuse(tomada::text::concat({"\"", keyword, "\" must be a whole number of at least 0"}), pointer_of(draft, keyword));
  return std::nullopt;
}

void Compiler::number(Draft& draft, std::string_view keyword, Operation operation) {
  const auto* limit = json::find(draft.members, keyword);
  if (!limit) return;
  const bool is_divisor = operation == Operation::multiple_of;
  if (!is_number(*limit) || (is_divisor && limit->to_number<double>() <= 0)) {
    return refuse(tomada::text::concat({"\"", keyword, "\" must be a number", is_divisor ? " above 0" : ""}),
                  pointer_of(draft, keyword));
  }
  draft.instructions.push_back({operation, static_cast<Index>(program_->values.size())});
  program_->values.emplace_back(*limit);
}

std::optional<Index> Compiler::pattern(std::string_view source, const std::string& pointer) {
  auto compiled = Pattern::compile(source);
  if (!compiled) {
    refuse(compiled.error().message, pointer);
    return std::nullopt;
  }
  program_->patterns.push_back(std::move(*compiled));
  return static_cast<Index>(program_->patterns.size() - 1);
}

const json::object* Compiler::map(const Draft& draft, std::string_view keyword) {
  const auto* found = json::find(draft.members, keyword);
  if (found && !found->is_object()) {
    refuse(tomada::text::concat({"\"", keyword, "\" must be an object"}), pointer_of(draft, keyword));
  }
  return found ? found->if_object() : nullptr;
}

const json::array* Compiler::list(const Draft& draft, std::string_view keyword) {
  const auto* found = json::find(draft.members, keyword);
  if (found && !found->is_array()) {
    refuse(tomada::text::concat({"\"", keyword, "\" must be an array"}), pointer_of(draft, keyword));
  }
  return found ? found->if_array() : nullptr;
}

const json::string* Compiler::text(const Draft& draft, std::string_view keyword) {
  const auto* found = json::find(draft.members, keyword);
  if (found && !found->is_string()) {
    refuse(tomada::text::concat({"\"", keyword, "\" must be a string"}), pointer_of(draft, keyword));
  }
  return found ? found->if_string() : nullptr;
}

}  // namespace tomada::schema

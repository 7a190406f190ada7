#include "core/schema/assertion.hpp"

#include "core/schema/equality.hpp"
#include "core/schema/number.hpp"

#include <algorithm>

namespace tomada::schema {
namespace {

Index type_bits_of(const json::value& value) noexcept {
  switch (value.kind()) {
    case boost::json::kind::null:
      return type::null;
    case boost::json::kind::bool_:
      return type::boolean;
    case boost::json::kind::int64:
    case boost::json::kind::uint64:
      return type::integer | type::number;
    case boost::json::kind::double_:
      return is_integer(value) ? type::integer | type::number : Index{type::number};
    case boost::json::kind::string:
      return type::string;
    case boost::json::kind::array:
      return type::array;
    case boost::json::kind::object:
      return type::object;
  }
  return 0;
}

bool holds_value(const Program& program, const Instruction& instruction, const json::value& instance) {
  const auto is_instance = [&instance](const json::value& value) { return are_equal(value, instance); };
  const auto known = program.values.begin();
  switch (instruction.operation) {
    case Operation::type:
      return (type_bits_of(instance) & instruction.first) != 0;
    case Operation::constant:
      return is_instance(known[instruction.first]);
    case Operation::choice:
      return std::any_of(known + instruction.first, known + instruction.second, is_instance);
    default:
      return false;  // never
  }
}

bool holds_number(const Program& program, const Instruction& instruction, const json::value& instance) {
  const json::value& limit = program.values[instruction.first];
  if (!is_number(instance)) return true;
  switch (instruction.operation) {
    case Operation::minimum:
      return compare(instance, limit) >= 0;
    case Operation::maximum:
      return compare(instance, limit) <= 0;
    case Operation::exclusive_minimum:
      return compare(instance, limit) > 0;
    case Operation::exclusive_maximum:
      return compare(instance, limit) < 0;
    default:
      return is_multiple(instance, limit);
  }
}

std::size_t length_of(std::string_view text) noexcept {
  const auto is_first = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; };
  return static_cast<std::size_t>(std::count_if(text.begin(), text.end(), is_first));
}

bool holds_text(const Program& program, const Instruction& instruction, const json::value& instance) {
  const auto* string = instance.if_string();
  if (!string) return true;
  const std::string_view text = json::view(*string);
  switch (instruction.operation) {
    case Operation::minimum_length:
      return length_of(text) >= instruction.first;
    case Operation::maximum_length:
      return text.size() <= instruction.first || length_of(text) <= instruction.first;
    case Operation::format:
      return has_format(static_cast<Format>(instruction.first), text);
    default:
      return program.patterns[instruction.first].matches(text);
  }
}

bool holds_array(const Instruction& instruction, const json::value& instance) {
  const auto* elements = instance.if_array();
  if (!elements) return true;
  switch (instruction.operation) {
    case Operation::minimum_elements:
      return elements->size() >= instruction.first;
    case Operation::maximum_elements:
      return elements->size() <= instruction.first;
    default:
      return !first_repetition(*elements);
  }
}

bool holds_object(const Program& program, const Instruction& instruction, const json::value& instance) {
  const auto* members = instance.if_object();
  if (!members) return true;
  const auto is_present = [members](const std::string& name) { return json::find(*members, name) != nullptr; };
  const auto names = program.names.begin();
  switch (instruction.operation) {
    case Operation::minimum_members:
      return members->size() >= instruction.first;
    case Operation::maximum_members:
      return members->size() <= instruction.first;
    case Operation::required:
      return std::all_of(names + instruction.first, names + instruction.second, is_present);
    default:
      return !is_present(names[instruction.first]) ||
             std::all_of(names + instruction.first + 1, names + instruction.second, is_present);
  }
}

}  // namespace

bool holds(const Program& program, const Instruction& instruction, const json::value& instance) {
  if (instruction.operation <= Operation::choice) return holds_value(program, instruction, instance);
  if (instruction.operation <= Operation::multiple_of) return holds_number(program, instruction, instance);
  if (instruction.operation <= Operation::pattern) return holds_text(program, instruction, instance);
  if (instruction.operation <= Operation::unique_elements) return holds_array(instruction, instance);
  return holds_object(program, instruction, instance);
}

}  // namespace tomada::schema

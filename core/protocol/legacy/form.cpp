#include "core/protocol/legacy/form.hpp"

#include <algorithm>
#include <utility>

namespace tomada::protocol::legacy {
namespace {

bool is_list(const json::object& field) {
  const auto* type = json::find_string(field, "type");
  return type && *type == "array";
}

void name_choices(json::object& field, const json::array& choices) {
  json::array values, titles;
  for (const auto& choice : choices) {
    const auto* each = choice.if_object();
    const auto* value = each ? json::find(*each, "const") : nullptr;
    if (!value) return;
    const auto* title = json::find(*each, "title");
    values.push_back(*value);
    titles.push_back(title ? *title : *value);
  }
  field["enum"] = std::move(values);
  field["enumNames"] = std::move(titles);
}

json::object plain_field(const json::object& field) {
  const auto* type = json::find_string(field, "type");
  const bool may_propose = type && *type == "boolean";
  json::object out;
  for (const auto& [key, value] : field) {
    if (key == "oneOf" && value.is_array()) {
      name_choices(out, value.get_array());
    } else if (key != "default" || may_propose) {
      out[key] = value;
    }
  }
  return out;
}

bool is_required(const json::object& form, std::string_view name) {
  const auto* required = json::find(form, "required");
  if (!required || !required->is_array()) return false;
  const auto& names = required->get_array();
  return std::any_of(names.begin(), names.end(),
                     [&](const auto& each) { return each.is_string() && json::view(each.get_string()) == name; });
}

}  // namespace

std::optional<json::object> plain_form(const json::object& requested) {
  const auto* fields = json::find_object(requested, "properties");
  if (!fields) return requested;
  json::object plain;
  for (const auto& [name, field] : *fields) {
    if (!field.is_object()) {
      plain[name] = field;
    } else if (!is_list(field.get_object())) {
      plain[name] = plain_field(field.get_object());
    } else if (is_required(requested, json::view(name))) {
      return std::nullopt;
    }
  }
  if (plain.empty() && !fields->empty()) return std::nullopt;
  json::object out = requested;
  out["properties"] = std::move(plain);
  return out;
}

}  // namespace tomada::protocol::legacy

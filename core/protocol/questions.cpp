#include "core/protocol/questions.hpp"

#include "core/protocol/names.hpp"

#include <algorithm>
#include <initializer_list>
#include <utility>

namespace tomada::protocol {
namespace {

bool is_word(const json::object& answer, std::string_view key, std::initializer_list<std::string_view> words) {
  const auto* found = json::find_string(answer, key);
  return found && std::find(words.begin(), words.end(), json::view(*found)) != words.end();
}

}  // namespace

bool is_answer(const json::value& value, std::string_view method) {
  const auto* answer = value.if_object();
  if (!answer) return false;
  if (method == names::elicit) {
    const auto* content = json::find(*answer, "content");
    return is_word(*answer, "action", {"accept", "decline", "cancel"}) && (!content || content->is_object());
  }
  if (method == names::sample) {
    const auto* content = json::find(*answer, "content");
    return is_word(*answer, "role", {"assistant", "user"}) && content && (content->is_object() || content->is_array());
  }
  const auto* roots = json::find(*answer, "roots");
  return method == names::list_roots && roots && roots->is_array();
}

json::object needs_of(std::string_view method, const json::object& params) {
  if (method == names::elicit) {
    const auto* mode = json::find_string(params, "mode");
    json::object kind;
    kind[mode && *mode == "url" ? "url" : "form"] = json::object{};
    return {{"elicitation", std::move(kind)}};
  }
  if (method == names::sample) {
    json::object sampling;
    if (json::find(params, "tools") || json::find(params, "toolChoice")) sampling["tools"] = json::object{};
    return {{"sampling", std::move(sampling)}};
  }
  return {{"roots", json::object{}}};
}

bool has_all(const json::object& declared, const json::object& needed) noexcept {
  for (const auto& [name, detail] : needed) {
    const auto* own = json::find_object(declared, json::view(name));
    if (!own) return false;
    for (const auto& [part, _] : detail.get_object()) {
      const bool is_plain_form = part == "form" && own->empty();  // {} has always meant forms
      if (!is_plain_form && !json::find(*own, json::view(part))) return false;
    }
  }
  return true;
}

void merge_needs(json::object& into, const json::object& more) {
  for (const auto& [name, detail] : more) {
    auto& slot = into[name];
    if (!slot.is_object()) slot = json::object{};
    for (const auto& [part, value] : detail.get_object()) slot.get_object()[part] = value;
  }
}

}  // namespace tomada::protocol

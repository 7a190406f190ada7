// A client may declare megabytes, for each of thousands of sessions; what can be asked of it fits in a few words.
#include "core/protocol/declared.hpp"

#include "core/json/writer.hpp"

#include <cstddef>
#include <initializer_list>
#include <string_view>
#include <utility>

namespace tomada::protocol {
namespace {

constexpr std::size_t most_extensions = 16;
constexpr std::size_t longest_name = 128;
constexpr std::size_t longest_settings = 128;  // as JSON text

struct Known {
  std::string_view name;
  std::initializer_list<std::string_view> parts;
};

void keep_known(json::object& out, const json::object& from, const Known& known) {
  const auto* found = json::find_object(from, known.name);
  if (!found) return;
  json::object kept;
  for (const auto part : known.parts) {
    const auto* value = json::find(*found, part);
    if (value && value->is_bool()) kept[json::key(part)] = value->get_bool();
    if (value && value->is_object()) kept[json::key(part)] = json::object{};
  }
  out[json::key(known.name)] = std::move(kept);
}

json::object names_in(const json::object& extensions) {
  json::object out;
  for (const auto& [name, settings] : extensions) {
    if (out.size() >= most_extensions) break;
    if (name.size() > longest_name || !settings.is_object()) continue;
    const auto text = json::text(settings);
    out[name] =
        text.size() <= longest_settings ? json::value(settings, json::storage_ptr{}) : json::value(json::object{});
  }
  return out;
}

}  // namespace

json::object declared(const json::object& capabilities) {
  json::object out;
  keep_known(out, capabilities, {"roots", {"listChanged"}});
  keep_known(out, capabilities, {"sampling", {"context", "tools"}});
  keep_known(out, capabilities, {"elicitation", {"form", "url"}});
  if (const auto* extensions = json::find_object(capabilities, "extensions")) out["extensions"] = names_in(*extensions);
  return out;
}

}  // namespace tomada::protocol

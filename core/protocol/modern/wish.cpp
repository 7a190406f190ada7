#include "core/protocol/modern/wish.hpp"

#include "core/base/text.hpp"
#include "core/json/writer.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace tomada::protocol::modern {
namespace {

using Flag = std::pair<const char*, bool Wish::*>;
constexpr std::array<Flag, 3> flags{{{"toolsListChanged", &Wish::tools},
                                     {"promptsListChanged", &Wish::prompts},
                                     {"resourcesListChanged", &Wish::resources}}};
constexpr const char* subscribed = "resourceSubscriptions";

std::optional<Problem> read_flags(const json::object& asked, Wish& out) {
  for (const auto& [name, member] : flags) {
    const auto* value = json::find(asked, name);
    if (value && !value->is_bool()) return invalid_params(text::concat({"\"", name, "\" must be true or false"}));
    out.*member = value && value->get_bool();
  }
  return std::nullopt;
}

std::optional<Problem> read_uris(const json::object& asked, std::size_t most, Wish& out) {
  const auto* list = json::find(asked, subscribed);
  if (!list) return std::nullopt;
  if (!list->is_array()) return invalid_params(R"("resourceSubscriptions" must be an array of URIs)");
  if (list->get_array().size() > most) {
    return invalid_params(
        text::concat({"one stream hears of at most ", std::to_string(most), " resources; open another"}));
  }
  for (const auto& uri : list->get_array()) {
    if (!uri.is_string()) return invalid_params(R"("resourceSubscriptions" must be an array of URIs)");
    out.uris.emplace_back(json::view(uri.get_string()));
  }
  std::sort(out.uris.begin(), out.uris.end());
  out.uris.erase(std::unique(out.uris.begin(), out.uris.end()), out.uris.end());
  return std::nullopt;
}

}  // namespace

bool Wish::covers(registry::Changed what, std::string_view uri) const noexcept {
  switch (what) {
    case registry::Changed::tools:
      return tools;
    case registry::Changed::prompts:
      return prompts;
    case registry::Changed::resources:
      return resources;
    case registry::Changed::resource:
      return std::binary_search(uris.begin(), uris.end(), uri);
  }
  return false;
}

std::string Wish::text() const {
  std::string out = "{";
  for (const auto& [name, member] : flags) {
    if (this->*member) out.append(out.size() > 1 ? ",\"" : "\"").append(name).append("\":true");
  }
  if (!uris.empty()) {
    out.append(out.size() > 1 ? ",\"" : "\"").append(subscribed).append("\":[");
    for (const auto& uri : uris) {
      json::write_string(out, uri);
      out.push_back(',');
    }
    out.back() = ']';
  }
  out.push_back('}');
  return out;
}

std::variant<Wish, Problem> read_wish(const jsonrpc::Message& message, std::size_t most_uris) {
  const auto* params = message.params();
  const auto* asked = params ? json::find_object(*params, "notifications") : nullptr;
  if (!asked) return invalid_params(R"("notifications" must be an object that names what to hear of)");
  Wish out;
  if (auto problem = read_flags(*asked, out)) return *problem;
  if (auto problem = read_uris(*asked, most_uris, out)) return *problem;
  return out;
}

}  // namespace tomada::protocol::modern

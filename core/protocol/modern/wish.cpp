#include "core/protocol/modern/wish.hpp"

#include "core/base/text.hpp"
#include "core/json/writer.hpp"

#include <algorithm>
#include <array>
#include <utility>

namespace tomada::protocol::modern {
namespace {

constexpr std::size_t longest_name = 2048;

using Flag = std::pair<const char*, bool Wish::*>;
constexpr std::array<Flag, 3> flags{{{"toolsListChanged", &Wish::tools},
                                     {"promptsListChanged", &Wish::prompts},
                                     {"resourcesListChanged", &Wish::resources}}};

struct Names {  // a list of what is listened to, one by one
  const char* member;
  const char* what;
  std::vector<std::string> Wish::*kept;
};
constexpr std::array<Names, 2> lists{
    {{"resourceSubscriptions", "resources", &Wish::uris}, {"taskIds", "tasks", &Wish::tasks}}};

std::optional<Problem> read_flags(const json::object& asked, Wish& out) {
  for (const auto& [name, member] : flags) {
    const auto* value = json::find(asked, name);
    if (value && !value->is_bool()) return invalid_params(text::concat({"\"", name, "\" must be true or false"}));
    out.*member = value && value->get_bool();
  }
  return std::nullopt;
}

Problem too_long(const char* member) {
  return invalid_params(
      text::concat({"each of \"", member, "\" may be of at most ", std::to_string(longest_name), " bytes"}));
}

std::optional<Problem> read_names(const json::object& asked, const Names& of, std::size_t most, Wish& out) {
  const auto* list = json::find(asked, of.member);
  if (!list) return std::nullopt;
  const auto wrong = invalid_params(text::concat({"\"", of.member, "\" must be an array of strings"}));
  if (!list->is_array()) return wrong;
  if (list->get_array().size() > most) {
    return invalid_params(
        text::concat({"one stream hears of at most ", std::to_string(most), " ", of.what, "; open another"}));
  }
  auto& kept = out.*of.kept;
  for (const auto& name : list->get_array()) {
    if (!name.is_string()) return wrong;
    if (name.get_string().size() > longest_name) return too_long(of.member);
    kept.emplace_back(json::view(name.get_string()));
  }
  std::sort(kept.begin(), kept.end());
  kept.erase(std::unique(kept.begin(), kept.end()), kept.end());
  return std::nullopt;
}

void write_names(std::string& out, const Names& of, const std::vector<std::string>& names) {
  if (names.empty()) return;
  out.append(out.size() > 1 ? ",\"" : "\"").append(of.member).append("\":[");
  for (const auto& name : names) {
    json::write_string(out, name);
    out.push_back(',');
  }
  out.back() = ']';
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
    case registry::Changed::task:
      return std::binary_search(tasks.begin(), tasks.end(), uri);
  }
  return false;
}

std::size_t Wish::bytes() const noexcept {
  std::size_t out = 0;
  for (const auto& list : lists) {
    for (const auto& name : this->*list.kept) out += sizeof(std::string) + name.size();
  }
  return out;
}

std::string Wish::text() const {
  std::string out = "{";
  for (const auto& [name, member] : flags) {
    if (this->*member) out.append(out.size() > 1 ? ",\"" : "\"").append(name).append("\":true");
  }
  for (const auto& list : lists) write_names(out, list, this->*list.kept);
  out.push_back('}');
  return out;
}

std::variant<Wish, Problem> read_wish(const jsonrpc::Message& message, std::size_t most_each) {
  const auto* params = message.params();
  const auto* asked = params ? json::find_object(*params, "notifications") : nullptr;
  if (!asked) return invalid_params(R"("notifications" must be an object that names what to hear of)");
  Wish out;
  if (auto problem = read_flags(*asked, out)) return *problem;
  for (const auto& list : lists) {
    if (auto problem = read_names(*asked, list, most_each, out)) return *problem;
  }
  return out;
}

}  // namespace tomada::protocol::modern

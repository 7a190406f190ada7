// Times are of the wall clock, because a steady clock means nothing to another process.
#include "core/cache/entry_text.hpp"

#include <array>
#include <chrono>
#include <string>
#include <utility>

namespace tomada::cache {
namespace {

using Text = std::pair<const char*, std::string Entry::*>;
constexpr std::array<Text, 4> texts{{{"structured", &Entry::structured},
                                     {"content", &Entry::content},
                                     {"meta", &Entry::meta},
                                     {"source", &Entry::source}}};
using Time = std::pair<const char*, Milliseconds Entry::*>;
constexpr std::array<Time, 3> times{{{"ttl", &Entry::time_to_live},
                                     {"revalidate", &Entry::stale_while_revalidate},
                                     {"on_error", &Entry::stale_if_error}}};

std::int64_t number(const json::object& from, std::string_view name) {
  const auto* found = json::find(from, name);
  return found && found->is_int64() ? found->get_int64() : 0;
}

std::string text_in(const json::object& from, std::string_view name) {
  const auto* found = json::find_string(from, name);
  return found ? std::string{json::view(*found)} : std::string{};
}

}  // namespace

json::object to_json(const Entry& entry, const Clock& clock) {
  json::object out;
  for (const auto& [name, member] : texts) out[name] = entry.*member;
  for (const auto& [name, member] : times) out[name] = (entry.*member).count();
  const auto age = std::chrono::duration_cast<Milliseconds>(clock.steady_now() - entry.kept_at);
  out["kept"] = unix_ms(clock.wall_now() - age);
  out["read"] = unix_ms(entry.read_at);
  if (entry.refresh_in) out["refresh_in"] = entry.refresh_in->count();
  out["plugin"] = entry.matter.plugin;
  out["tags"] = boost::json::value_from(entry.matter.tags);
  return out;
}

std::shared_ptr<Entry> entry_from(const json::object& from, const Clock& clock) {
  const auto* tags = json::find(from, "tags");
  if (!json::find_string(from, "plugin") || !tags || !tags->is_array()) return nullptr;
  auto entry = std::make_shared<Entry>();
  for (const auto& [name, member] : texts) (*entry).*member = text_in(from, name);
  for (const auto& [name, member] : times) (*entry).*member = Milliseconds{number(from, name)};
  const auto kept = WallTime{Milliseconds{number(from, "kept")}};
  entry->kept_at = clock.steady_now() - std::chrono::duration_cast<Milliseconds>(clock.wall_now() - kept);
  entry->read_at = WallTime{Milliseconds{number(from, "read")}};
  if (json::find(from, "refresh_in")) entry->refresh_in = Milliseconds{number(from, "refresh_in")};
  entry->matter.plugin = text_in(from, "plugin");
  for (const auto& tag : tags->get_array()) {
    if (const auto* word = tag.if_string()) entry->matter.tags.emplace_back(json::view(*word));
  }
  return entry;
}

}  // namespace tomada::cache

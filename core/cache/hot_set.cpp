// A head line with the circumstances, then one JSON line a result. Times are of the wall clock in the file, because a
// steady clock means nothing to another process.
#include "core/cache/hot_set.hpp"

#include "core/base/text.hpp"
#include "core/base/whole_file.hpp"
#include "core/json/reader.hpp"
#include "core/json/writer.hpp"

#include <array>
#include <chrono>
#include <memory>
#include <optional>
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

std::string head(std::string_view circumstances) { return text::concat({"tomada hot set 1 ", circumstances, "\n"}); }

std::string line_of(const Kept& kept, const Clock& clock) {
  const auto& entry = *kept.entry;
  json::object out{{"key", kept.key}};
  for (const auto& [name, member] : texts) out[name] = entry.*member;
  for (const auto& [name, member] : times) out[name] = (entry.*member).count();
  const auto age = std::chrono::duration_cast<Milliseconds>(clock.steady_now() - entry.kept_at);
  out["kept"] = unix_ms(clock.wall_now() - age);
  out["read"] = unix_ms(entry.read_at);
  if (entry.refresh_in) out["refresh_in"] = entry.refresh_in->count();
  out["plugin"] = entry.matter.plugin;
  out["tags"] = boost::json::value_from(entry.matter.tags);
  return json::text(out) + "\n";
}

std::int64_t number(const json::object& from, std::string_view name) {
  const auto* found = json::find(from, name);
  return found && found->is_int64() ? found->get_int64() : 0;
}

std::string text_in(const json::object& from, std::string_view name) {
  const auto* found = json::find_string(from, name);
  return found ? std::string{json::view(*found)} : std::string{};
}

std::optional<Kept> kept_of(std::string_view line, const Clock& clock) {
  const auto read = json::read(line, {}, {.bytes = most_hot_bytes});
  const auto* from = read ? read->if_object() : nullptr;
  if (!from || !json::find_string(*from, "key") || !json::find_string(*from, "plugin")) return std::nullopt;
  auto entry = std::make_shared<Entry>();
  for (const auto& [name, member] : texts) (*entry).*member = text_in(*from, name);
  for (const auto& [name, member] : times) (*entry).*member = Milliseconds{number(*from, name)};
  const auto kept = WallTime{Milliseconds{number(*from, "kept")}};
  if (kept > clock.wall_now()) return std::nullopt;  // the clock was set back: nobody knows how old it is
  entry->kept_at = clock.steady_now() - std::chrono::duration_cast<Milliseconds>(clock.wall_now() - kept);
  entry->read_at = WallTime{Milliseconds{number(*from, "read")}};
  if (json::find(*from, "refresh_in")) entry->refresh_in = Milliseconds{number(*from, "refresh_in")};
  entry->matter.plugin = text_in(*from, "plugin");
  const auto* tags = json::find(*from, "tags");
  if (!tags || !tags->is_array()) return std::nullopt;
  for (const auto& tag : tags->get_array()) {
    if (const auto* word = tag.if_string()) entry->matter.tags.emplace_back(json::view(*word));
  }
  return Kept{text_in(*from, "key"), std::move(entry)};
}

}  // namespace

bool save_hot_set(const ResultCache& cache, const std::string& path, std::string_view circumstances,
                  const Clock& clock) {
  std::string lines;
  for (const auto& kept : cache.in_use(most_hot_bytes)) lines += line_of(kept, clock);
  return write_whole_file(path, head(circumstances), lines);
}

std::size_t load_hot_set(ResultCache& cache, const std::string& path, std::string_view circumstances,
                         const Clock& clock) {
  const auto file = read_whole_file(path);
  const auto expected = head(circumstances);
  if (!file.starts_with(expected)) return 0;
  std::size_t taken = 0;
  for (const auto line : text::split(std::string_view{file}.substr(expected.size()), '\n')) {
    if (line.empty()) continue;
    auto kept = kept_of(line, clock);
    if (!kept || cache.peek(kept->key).entry) continue;  // what was asked for meanwhile is newer
    cache.land(kept->key, kept->entry);
    ++taken;
  }
  return taken;
}

}  // namespace tomada::cache

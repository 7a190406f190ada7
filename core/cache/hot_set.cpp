// A head line with the circumstances, then one JSON line a result.
#include "core/cache/hot_set.hpp"

#include "core/base/text.hpp"
#include "core/base/whole_file.hpp"
#include "core/cache/entry_text.hpp"
#include "core/json/reader.hpp"
#include "core/json/writer.hpp"

#include <optional>
#include <utility>

namespace tomada::cache {
namespace {

std::string head(std::string_view circumstances) { return text::concat({"tomada hot set 1 ", circumstances, "\n"}); }

std::string line_of(const Kept& kept, const Clock& clock) {
  auto out = to_json(*kept.entry, clock);
  out["key"] = kept.key;
  return json::text(out) + "\n";
}

std::optional<Kept> kept_of(std::string_view line, const Clock& clock) {
  const auto read = json::read(line, {}, {.bytes = most_hot_bytes});
  const auto* from = read ? read->if_object() : nullptr;
  const auto* key = from ? json::find_string(*from, "key") : nullptr;
  auto entry = key ? entry_from(*from, clock) : nullptr;
  if (!entry || entry->kept_at > clock.steady_now()) return std::nullopt;  // the clock was set back
  return Kept{std::string{json::view(*key)}, std::move(entry)};
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

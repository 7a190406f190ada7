#include "core/upstream/refusals.hpp"

#include "core/base/text.hpp"
#include "core/base/whole_file.hpp"
#include "core/json/reader.hpp"
#include "core/json/writer.hpp"
#include "core/upstream/ledger.hpp"

namespace tomada::upstream {
namespace {

constexpr UnixMs longest = 3600 * 1000;  // anything later is a clock that was set back

}  // namespace

Error Refusal::error(const std::string& upstream) const {
  return failure(ErrorCode::busy, problem, text::concat({"upstream.", upstream}),
                 text::concat({"try again in ", std::to_string((left.count() + 999) / 1000), " s"}));
}

std::string Refusals::path(const std::string& key) const { return text::concat({folder_, "/", key, ".refusal"}); }

void Refusals::keep(const std::string& key, const std::string& problem, Milliseconds wait) {
  const UnixMs now = unix_ms(clock_.wall_now());
  const Until until{now + wait.count(), problem};
  {
    const std::lock_guard lock{mutex_};
    std::erase_if(own_, [now](const auto& other) { return other.second.unix_ms <= now; });
    own_[key] = until;
  }
  const json::object line{{"until", until.unix_ms}, {"problem", problem}};
  (void)write_whole_file(path(key), json::text(line) + "\n", {});
}

std::optional<Refusals::Until> Refusals::read(const std::string& key) const {
  {
    const std::lock_guard lock{mutex_};
    if (const auto found = own_.find(key); found != own_.end()) return found->second;
  }
  const auto parsed = json::read(read_whole_file(path(key)));
  if (!parsed || !parsed->is_object()) return std::nullopt;
  const json::value* until = json::find(parsed->get_object(), "until");
  const auto* problem = json::find_string(parsed->get_object(), "problem");
  if (!until || !until->is_int64() || !problem) return std::nullopt;
  return Until{until->get_int64(), std::string{json::view(*problem)}};
}

std::optional<Refusal> Refusals::find(const std::string& key) const {
  const auto until = read(key);
  const UnixMs now = unix_ms(clock_.wall_now());
  if (!until || until->unix_ms <= now || until->unix_ms > now + longest) return std::nullopt;
  return Refusal{until->problem, Milliseconds{until->unix_ms - now}};
}

}  // namespace tomada::upstream

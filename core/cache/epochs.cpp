// "erp tag payables" counts writes that name the tag, "erp all" those that name none, "erp any" both: for answers that
// name none.
#include "core/cache/epochs.hpp"

#include "core/base/text.hpp"

#include <utility>

namespace tomada::cache {
namespace {

constexpr std::string_view all = " all", any = " any", tag = " tag ";

std::vector<std::string> tagged(const Matter& matter) {
  std::vector<std::string> out;
  for (const auto& each : matter.tags) out.push_back(text::concat({matter.plugin, tag, each}));
  return out;
}

}  // namespace

std::vector<std::string> epochs_under(const Matter& answer) {
  auto out = tagged(answer);
  out.push_back(text::concat({answer.plugin, out.empty() ? any : all}));
  out.emplace_back(epoch_of_everything);
  return out;
}

std::vector<std::string> epochs_moved_by(const Matter& write) {
  auto out = tagged(write);
  if (out.empty()) out.push_back(text::concat({write.plugin, all}));
  out.push_back(text::concat({write.plugin, any}));
  return out;
}

Ledger::Moved Ledger::take(std::string generation, Count now) {
  Moved out;
  out.is_unknown = generation != generation_;
  for (const auto& [epoch, count] : now) {
    const auto known = known_.find(epoch);
    if (out.is_unknown || count == (known == known_.end() ? 0 : known->second)) continue;
    const std::string_view name = epoch;
    const auto at = name.find(' ');  // no instance's name holds one
    const auto plugin = std::string{name.substr(0, at)};
    const auto what = at == std::string_view::npos ? std::string_view{} : name.substr(at);
    if (name == epoch_of_everything) out.is_everything = true;
    if (what == all) out.writes.push_back({plugin, {}});
    if (what.starts_with(tag)) out.writes.push_back({plugin, {std::string{what.substr(tag.size())}}});
  }
  generation_ = std::move(generation);
  known_ = std::move(now);
  return out;
}

void Ledger::moved_by_us(const std::string& epoch, std::int64_t now) {
  auto& known = known_[epoch];
  if (now == known + 1) known = now;
}

}  // namespace tomada::cache

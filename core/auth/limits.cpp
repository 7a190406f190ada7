#include "core/auth/limits.hpp"

#include "core/base/text.hpp"

#include <array>
#include <utility>

namespace tomada::auth {
namespace {

using Whose = Excess::Whose;

struct Bound {
  Whose whose;
  Buckets* buckets;  // null: no limit
  std::string_view name;
};

}  // namespace

void Limits::replace(const Rates& rates) {
  if (current_.read()->rates == rates) return;
  auto next = std::make_shared<Current>();
  next->rates = rates;
  const auto make = [this](std::size_t per_minute) {
    return per_minute > 0 ? std::make_unique<Buckets>(per_minute, clock_) : nullptr;
  };
  next->principals = make(rates.principal);
  next->addresses = make(rates.address);
  for (const auto& [pattern, per_minute] : rates.tools) {
    if (per_minute > 0) next->tools[pattern] = make(per_minute);
  }
  is_on_ = next->principals || next->addresses || !next->tools.empty();
  current_.publish(std::move(next));
}

Buckets* Limits::Current::of_tool(std::string_view tool) const {
  Buckets* out = nullptr;
  for (const auto& [pattern, buckets] : tools) {
    const bool is_tighter = !out || buckets->per_minute() < out->per_minute();
    if (is_tighter && text::matches(pattern, tool)) out = buckets.get();
  }
  return out;
}

std::optional<Excess> Limits::take(const Principal& principal, std::string_view tool, std::string_view address) {
  if (!is_on_.load(std::memory_order_relaxed)) return std::nullopt;
  const auto current = current_.read();
  const auto who = owner_of(principal);
  const std::array bounds{Bound{Whose::principal, current->principals.get(), who},
                          Bound{Whose::address, address.empty() ? nullptr : current->addresses.get(), address},
                          Bound{Whose::tool, current->of_tool(tool), tool}};
  for (std::size_t i = 0; i < bounds.size(); ++i) {
    if (!bounds[i].buckets) continue;
    const auto wait = bounds[i].buckets->take(bounds[i].name);
    if (!wait) continue;
    for (std::size_t taken = 0; taken < i; ++taken) {
      if (bounds[taken].buckets) bounds[taken].buckets->give_back(bounds[taken].name);
    }
    return Excess{bounds[i].whose, bounds[i].buckets->per_minute(), *wait};
  }
  return std::nullopt;
}

std::optional<Milliseconds> Limits::flood(std::string_view address) const {
  if (!is_on_.load(std::memory_order_relaxed)) return std::nullopt;
  const auto current = current_.read();
  return current->addresses ? current->addresses->wait(address) : std::nullopt;
}

}  // namespace tomada::auth

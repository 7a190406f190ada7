#include "core/app/pulse.hpp"

#include "core/base/clock.hpp"

#include <set>

namespace tomada::app {
namespace {

constexpr Milliseconds first_look{500};  // the start has other things to do
constexpr Milliseconds between_beats{10'000};
constexpr const char* metric = "tomada_health";

}  // namespace

void Pulse::start() {
  thread_ = std::jthread{[this](const std::stop_token& stop) { beat(stop); }};
}

void Pulse::beat(const std::stop_token& stop) {
  std::unique_lock lock{mutex_};
  for (auto wait = first_look; !stop.stop_requested(); wait = between_beats) {
    waiting_.wait_for(lock, stop, wait, [] { return false; });
    if (!stop.stop_requested()) look();
  }
}

void Pulse::look() {
  std::set<std::string> present;
  for (const auto& component : health_.report().components) {
    present.insert(component.name);
    auto& shown = shown_[component.name];
    if (!shown) {
      shown = std::make_shared<std::atomic<int>>();
      metrics_.collect(metric, "How a component is: 0 healthy, 1 degraded, 2 unhealthy.",
                       [value = shown] { return static_cast<double>(value->load()); }, {{"component", component.name}});
    }
    *shown = static_cast<int>(component.condition.status);
  }
  for (auto at = shown_.begin(); at != shown_.end();) {
    if (present.contains(at->first)) {
      ++at;
      continue;
    }
    metrics_.forget(metric, {{"component", at->first}});
    at = shown_.erase(at);
  }
}

}  // namespace tomada::app

#include "core/upstream/flights.hpp"

namespace tomada::upstream {

Flights::Joined Flights::join(const std::string& key, const Patience& patience) {
  std::unique_lock lock{mutex_};
  const auto [place, is_new] = flights_.try_emplace(key);
  if (is_new) {
    place->second = std::make_shared<Flight>();
    return {true, nullptr};
  }
  const std::shared_ptr<Flight> flight = place->second;
  flight->landed.wait_for(lock, patience.stop(), patience.left(), [&] { return flight->has_landed; });
  return {false, flight->landing};
}

void Flights::land(const std::string& key, Landing landing) {
  const std::lock_guard lock{mutex_};
  const auto found = flights_.find(key);
  found->second->has_landed = true;
  found->second->landing = std::move(landing);
  found->second->landed.notify_all();
  flights_.erase(found);
}

}  // namespace tomada::upstream

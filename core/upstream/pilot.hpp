#pragma once
// Pilot: who asks a question for everybody. Its flight lands when the last holder lets go, on every path: with what was
// brought, or with nothing, and then somebody else must fly.
#include "core/upstream/flights.hpp"
#include "core/upstream/responses.hpp"

#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace tomada::upstream {

class Pilot final {
 public:
  Pilot(Flights& flights, std::string key) : flights_{flights}, key_{std::move(key)} {}  // of a flight it leads
  Pilot(const Pilot&) = delete;
  Pilot& operator=(const Pilot&) = delete;
  ~Pilot() {
    everywhere_.reset();
    flights_.land(key_, std::move(landing_));
  }

  // Alone among all processes; false: the patience ended before.
  [[nodiscard]] bool take_off(const Responses& responses, const Patience& patience) {
    if (auto flight = responses.begin(key_, patience)) everywhere_.emplace(std::move(*flight));
    return everywhere_.has_value();
  }
  void bring(const Result<Response>& result) { landing_ = std::make_shared<const Result<Response>>(result); }
  [[nodiscard]] const std::string& key() const noexcept { return key_; }

 private:
  Flights& flights_;
  const std::string key_;
  std::optional<Responses::Flight> everywhere_;
  Flights::Landing landing_;
};

}  // namespace tomada::upstream

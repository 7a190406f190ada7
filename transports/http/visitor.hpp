#pragma once
// Visitor: who speaks on one connection. A client that sends the same credentials again is not looked up again.
#include "core/auth/doorkeeper.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

namespace tomada::http {

class Visitor final {
 public:
  explicit Visitor(std::string network) : network_{std::move(network)} {}

  [[nodiscard]] const std::string& network() const noexcept { return network_; }  // as network_of()
  [[nodiscard]] const auth::Admission& show(std::string_view authorization, auth::Doorkeeper& doorkeeper,
                                            SteadyTime now);
  // The answer holds until the next call. Costs no lock and no memory when it is the same as last time and still holds.
  [[nodiscard]] bool may_stay(auth::Doorkeeper& doorkeeper, SteadyTime now);
  // Whether what was shown last still admits the same principal. True where nobody was asked to show anything.

 private:
  const std::string network_;
  std::string authorization_;
  auth::Admission admission_;
  std::uint64_t edition_ = 0;
};

}  // namespace tomada::http

#pragma once
// Announcer: between the hub of changes and the clients: of a burst of one change they hear the first at once and the
// rest as one.
#include "core/base/alarm.hpp"
#include "core/registry/changes.hpp"

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace tomada::protocol {

class Announcer final {
 public:
  using Announce = std::function<void(registry::Changed what, std::string_view uri)>;  // [any thread]
  static constexpr Milliseconds breath{100};  // between two announcements of the same change

  Announcer(registry::Changes& changes, const Clock& clock, std::shared_ptr<Alarm> alarm, Announce announce);

  [[nodiscard]] std::optional<SteadyTime> look();  // announces what is due; when more will be

 private:
  struct State;
  std::shared_ptr<State> state_;  // shared: a telling thread may be inside
  registry::Changes::Subscription subscription_;
};

}  // namespace tomada::protocol

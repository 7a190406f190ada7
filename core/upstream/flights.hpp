#pragma once
// Flights: requests of this process that ask the same thing share one answer.
#include "core/base/result.hpp"
#include "core/upstream/client.hpp"
#include "core/upstream/patience.hpp"

#include <condition_variable>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace tomada::upstream {

class Flights final {
 public:
  // What a leader brings home; null when it gave up by itself (cancelled, its own deadline): somebody else must fly.
  using Landing = std::shared_ptr<const Result<Response>>;

  struct Joined {
    bool is_leader = false;  // then land() must follow
    Landing landing;         // of the leader that was followed; null: it gave up, or the patience ended
  };
  [[nodiscard]] Joined join(const std::string& key, const Patience& patience);
  void land(const std::string& key, Landing landing);

 private:
  struct Flight {
    bool has_landed = false;
    Landing landing;
    std::condition_variable_any landed;
  };
  std::mutex mutex_;  // guards the flights and what is in them
  std::map<std::string, std::shared_ptr<Flight>, std::less<>> flights_;
};

}  // namespace tomada::upstream

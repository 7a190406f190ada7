#pragma once
// Limits: who may be answered now, and what happened to everybody. All [any thread].
#include "options.hpp"
#include "reply.hpp"

#include <chrono>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <string>

namespace omie_simulator {

struct Asked {
  std::string address, app_key, call, parameters;  // parameters: canonical
};

class Limits final {
 public:
  explicit Limits(const Options& options) : options_{options} {}

  [[nodiscard]] std::optional<Fault> enter(const Asked& asked);  // none: it may run; then leave() follows
  void leave(const Asked& asked);                                // its answer is on the wire
  void note_answer(const Asked& asked);
  void note_fault(const Asked& asked, const Fault& fault);    // of a refusal at the door; may begin a block
  void note_failure(const Asked& asked, const Fault& fault);  // of what had been let in
  void note_trouble(const Asked& asked, int status);          // an answer that went wrong
  void count(const std::string& refusal);

  [[nodiscard]] json::object statistics() const;

 private:
  using Time = std::chrono::steady_clock::time_point;
  struct Method {  // of one address, key and call
    std::deque<Time> sent;
    std::size_t running = 0, faults_in_a_row = 0;
    Time blocked_until{};
  };
  struct Tally {  // of one call, over all keys
    std::size_t requests = 0, answers = 0, most_at_once = 0, most_per_window = 0;
  };

  [[nodiscard]] std::string key(const Asked& asked) const {
    return asked.address + ' ' + asked.app_key + ' ' + asked.call;
  }
  [[nodiscard]] std::string question(const Asked& asked) const {
    return asked.app_key + ' ' + asked.call + ' ' + asked.parameters;
  }
  void add_error(Method& method);
  void forget_failed(const Asked& asked);
  [[nodiscard]] std::optional<Fault> check_block(Method& method, Time now);
  [[nodiscard]] std::optional<Fault> check_rates(Method& method, std::deque<Time>& address, Time now);
  [[nodiscard]] std::optional<Fault> check_redundancy(const Asked& asked, Time now);
  [[nodiscard]] std::size_t concurrency(const std::string& call) const;
  void forget_before(std::deque<Time>& times, Time now) const;

  const Options& options_;
  mutable std::mutex mutex_;  // guards everything below
  std::map<std::string, Method> methods_;
  std::map<std::string, std::deque<Time>> addresses_;
  std::map<std::string, Time> accepted_;  // by key, call and parameters
  std::map<std::string, Tally> tallies_;
  std::map<std::string, std::size_t> refusals_;
  std::size_t requests_ = 0, blocks_ = 0, most_per_window_ = 0;
};

}  // namespace omie_simulator

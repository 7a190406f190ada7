#pragma once
// Errand: one request in the hands of the crew. Its caller waits for what it brings and may leave; then it goes on
// alone, for those who follow. Nobody's patience shortens it.
#include "core/upstream/attempt.hpp"
#include "core/upstream/breaker.hpp"
#include "core/upstream/gate.hpp"
#include "core/upstream/patience.hpp"
#include "core/upstream/pilot.hpp"

#include <condition_variable>
#include <exception>
#include <memory>
#include <mutex>
#include <optional>

namespace tomada::upstream {

class Errand final {
 public:
  Errand(Request request, Gate& gate, Gate::Permit permit, Breaker::Leave leave, std::shared_ptr<Pilot> pilot)
      : request_{std::move(request)},
        gate_{gate},
        key_{pilot->key()},
        permit_{std::move(permit)},
        leave_{std::move(leave)},
        pilot_{std::move(pilot)} {}

  [[nodiscard]] const Request& request() const noexcept { return request_; }
  [[nodiscard]] Gate& gate() const noexcept { return gate_; }
  [[nodiscard]] const std::string& key() const noexcept { return key_; }

  // The caller's side. None: the patience ended first. Throws what the crew's side threw.
  [[nodiscard]] std::optional<Attempt> wait(const Patience& patience);

  // The crew's side: begin, then bring or fail.
  [[nodiscard]] bool begin();  // false: the caller left before anything was sent
  void note_abandoned() noexcept { permit_->note_abandoned(); }
  void bring(Attempt attempt);
  void fail(std::exception_ptr why) noexcept;

 private:
  void give_back() noexcept;

  const Request request_;
  Gate& gate_;
  const std::string key_;
  std::optional<Gate::Permit> permit_;
  std::optional<Breaker::Leave> leave_;

  std::mutex mutex_;  // guards everything below
  std::condition_variable_any changed_;
  std::shared_ptr<Pilot> pilot_;  // lets go before the caller goes on: what he asks next must not follow this flight
  bool is_alone_ = false;
  std::optional<Attempt> brought_;
  std::exception_ptr failure_;
};

}  // namespace tomada::upstream

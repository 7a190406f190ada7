#include "core/upstream/retry.hpp"

#include <algorithm>
#include <random>

namespace tomada::upstream {
namespace {

constexpr double most_tokens = 10;
constexpr double token_of_success = 0.1;
constexpr Milliseconds first_backoff{200}, longest_backoff{10'000};

}  // namespace

void RetryBudget::note_success() {
  const std::lock_guard lock{mutex_};
  tokens_ = std::min(most_tokens, tokens_ + token_of_success);
}

void RetryBudget::note_failure() {
  const std::lock_guard lock{mutex_};
  tokens_ = std::max(0.0, tokens_ - 1);
}

bool RetryBudget::allows_retry() const {
  const std::lock_guard lock{mutex_};
  return tokens_ > most_tokens / 2;
}

Milliseconds jitter(Milliseconds most) {
  thread_local std::minstd_rand random{std::random_device{}()};
  return Milliseconds{std::uniform_int_distribution<Milliseconds::rep>{0, most.count()}(random)};
}

Milliseconds backoff(std::size_t attempt) {
  return jitter(std::min(first_backoff * (1 << std::min<std::size_t>(attempt, 10)), longest_backoff));
}

}  // namespace tomada::upstream

#pragma once
// IssuerKeys: the authorisation server's keys as last fetched. A request never waits for the server: it asks what is
// known, and a thread of its own fetches.
#include "core/auth/key_set.hpp"
#include "core/base/clock.hpp"
#include "core/base/snapshot.hpp"
#include "core/health/health.hpp"

#include <atomic>
#include <functional>
#include <mutex>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

namespace tomada::auth {

class IssuerKeys final {
 public:
  using Fetch = std::function<Result<std::string>(const std::stop_token&)>;  // the text of the JSON Web Key Set
  IssuerKeys(Fetch fetch, const Clock& clock);

  [[nodiscard]] std::optional<PublicKey> find(std::string_view kid);
  // [any thread] Never blocks. An unknown one makes the next look fetch again, at most once a minute.
  void look(const std::stop_token& stop);  // [one thread] fetches when it is time to; may take as long as a fetch
  [[nodiscard]] std::uint64_t edition() const noexcept { return edition_.load(); }  // another one after every change
  [[nodiscard]] health::Condition condition() const;

 private:
  [[nodiscard]] bool is_due(SteadyTime now) const;

  const Fetch fetch_;
  const Clock& clock_;
  Snapshot<KeySet> keys_;
  std::atomic<std::uint64_t> edition_{0};
  std::atomic<bool> misses_one_{false};
  mutable std::mutex mutex_;  // guards the four below
  std::string text_;          // as last fetched
  std::string problem_;       // of the last fetch; empty: none
  std::optional<SteadyTime> tried_;
  bool has_failed_ = false;
};

}  // namespace tomada::auth

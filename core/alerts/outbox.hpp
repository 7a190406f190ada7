#pragma once
// Outbox: announcements that must still reach their receiver, in the store, oldest first.
#include "core/alerts/channel.hpp"
#include "core/base/clock.hpp"
#include "core/base/result.hpp"
#include "core/json/value.hpp"
#include "core/log/log.hpp"
#include "core/metrics/metrics.hpp"
#include "core/storage/store.hpp"

#include <atomic>
#include <set>
#include <string>
#include <vector>

namespace tomada::alerts {

struct Parcel {
  std::string key;
  std::string rule, channel;
  json::object alert;  // as Alertmanager's webhook has it
  std::int64_t queued_at_ms = 0, not_before_ms = 0;
  std::int64_t attempts = 0;
  std::string last_error;
};

class Outbox final {
 public:
  Outbox(storage::Store& store, const Channels& channels, const Clock& clock, log::Logger& log,
         metrics::Registry& metrics);

  [[nodiscard]] Result<void> put(const json::object& announcement);  // twice the same: once
  [[nodiscard]] Result<std::vector<Parcel>> waiting() const;
  void deliver(const std::atomic<bool>& is_stopping);
  // Sends what is due, in order within a channel. What fails stays, with a growing pause; after a day it is dropped
  // with an error line. What has no receiver waits for one as long. Only the leader calls it.

 private:
  bool attempt(Parcel parcel);  // false: nothing more for its channel in this round
  bool postpone(Parcel parcel, const Error& error);
  void remove(const Parcel& parcel);
  [[nodiscard]] std::int64_t now_ms() const;

  storage::Store& store_;
  const Channels& channels_;
  const Clock& clock_;
  log::Logger& log_;
  metrics::Counter& delivered_;
  metrics::Counter& failed_;
  metrics::Counter& dropped_;
  std::set<std::string> done_;  // delivered, but the store refused to forget them: never sent twice by this process
};

}  // namespace tomada::alerts

#pragma once
// Keeper: copies in a thread of its own, so that a copy goes on when whoever asked has left, and ends with the
// instance.
#include "mirror/feed.hpp"
#include "mirror/store.hpp"

#include <tomada/plugin.hpp>

#include <condition_variable>
#include <functional>
#include <mutex>
#include <string>
#include <thread>

namespace tomada::erp::mirror {

class Keeper {
 public:
  // also: what else is kept with each look; throws as a feed does.
  Keeper(
      Store& store, Feed& feed, std::string lock_path, sdk::Host host, std::function<void()> also = [] {});
  Keeper(const Keeper&) = delete;
  Keeper& operator=(const Keeper&) = delete;
  ~Keeper();  // stops it soon

  void wake();  // begins a look at the ERP, unless one is under way here; another process's counts as well
  [[nodiscard]] bool is_busy() const;
  [[nodiscard]] std::string trouble() const;  // why the copy cannot be written; empty: it can
  [[nodiscard]] std::string failure() const;  // of the last attempt here; empty: none, or it was another process's
  // Until something may have changed, at most so long.
  void wait(std::int64_t ms);

 private:
  void live(const std::stop_token& stop);
  [[nodiscard]] std::string copy(const std::stop_token& stop);  // what prevents it
  void remember(std::string failure);

  Store& store_;
  Feed& feed_;
  const std::string lock_path_;
  const sdk::Host host_;
  const std::function<void()> also_;
  mutable std::mutex mutex_;  // guards the five below
  std::condition_variable_any changed_;
  bool is_wanted_ = false, is_busy_ = false;
  std::string trouble_, failure_;
  std::jthread thread_;  // last: it uses all of the above
};

}  // namespace tomada::erp::mirror

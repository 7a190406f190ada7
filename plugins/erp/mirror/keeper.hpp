#pragma once
// Keeper: copies in a thread of its own, so that a copy goes on when whoever asked has left, and ends with the
// instance.
#include "mirror/feed.hpp"
#include "mirror/store.hpp"

#include <tomada/plugin.hpp>

#include <array>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <stop_token>
#include <string>
#include <thread>

namespace tomada::erp::mirror {

class Keeper {
 public:
  using Also = std::function<void(const std::stop_token& stop)>;

  // also: what else is kept after each look; throws as a feed does. That it failed is told by nobody: whoever asks for
  // it finds out.
  Keeper(Store& store, Feed& feed, std::string lock_path, sdk::Host host, Also also);
  Keeper(const Keeper&) = delete;
  Keeper& operator=(const Keeper&) = delete;
  ~Keeper();  // stops it soon

  void wake();  // begins a look at the ERP, unless one is under way here; another process's counts as well
  [[nodiscard]] bool is_busy() const;
  [[nodiscard]] std::string trouble() const;  // why the copy cannot be written; empty: it can
  // The look that a question now waits for: the one under way, or the next.
  [[nodiscard]] std::int64_t awaited_look() const;
  // Why a shelf could not be read by a look here, from that one on; empty: it could, or it was another process's look.
  [[nodiscard]] std::string failure(Shelf shelf, std::int64_t look) const;
  // Until something may have changed, at most so long.
  void wait(std::int64_t ms);

 private:
  void live(const std::stop_token& stop);
  [[nodiscard]] std::string copy(const std::stop_token& stop);    // what prevents it
  [[nodiscard]] Marks read_shelves(const std::stop_token& stop);  // which failed
  template <class Work>
  [[nodiscard]] bool has_read(Shelf shelf, Work work);  // else it is remembered why not
  void remember(Shelf shelf, std::string why);

  struct Failure {
    std::string why;
    std::int64_t look = 0;
  };

  Store& store_;
  Feed& feed_;
  const std::string lock_path_;
  const sdk::Host host_;
  const Also also_;
  mutable std::mutex mutex_;  // guards the six below
  std::condition_variable_any changed_;
  bool is_wanted_ = false, is_busy_ = false;
  std::int64_t looks_ = 0;  // begun here
  std::string trouble_;
  std::array<Failure, shelves.size()> failures_;
  std::jthread thread_;  // last: it uses all of the above
};

}  // namespace tomada::erp::mirror

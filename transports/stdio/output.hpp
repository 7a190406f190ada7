#pragma once
// Output: frames to one file descriptor from any thread, whole lines, as few writes as the moment allows.
#include "core/base/clock.hpp"
#include "core/jsonrpc/exchange.hpp"
#include "transports/stdio/event.hpp"

#include <condition_variable>
#include <cstddef>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>
#include <unordered_map>

namespace tomada::stdio {

class Output final : public std::enable_shared_from_this<Output> {
 public:
  explicit Output(int descriptor) : descriptor_{descriptor} {}

  [[nodiscard]] std::shared_ptr<jsonrpc::Reply> reply();   // to one frame; open until it is answered or dropped
  [[nodiscard]] std::shared_ptr<jsonrpc::Reply> outlet();  // for what answers nothing; draining does not wait for it
  void send(std::string_view frame);

  // Between the two, what the calling thread sends is gathered and leaves in one write. The second also waits while the
  // client reads too slowly.
  void begin_gathering();
  void end_gathering();

  void stop() noexcept { stop_.raise(); }  // [any thread, also a signal's]: the gathering thread waits no longer
  [[nodiscard]] const Event& stopped() const noexcept { return stop_; }
  [[nodiscard]] bool is_behind() const;            // the client has left some MB unread
  [[nodiscard]] bool is_broken() const;            // the client is gone
  [[nodiscard]] bool drain(Milliseconds at_most);  // false: after that time a reply was still open or a line unwritten
  void close();                                    // nothing is written from now on

 private:
#ifdef __SANITIZE_THREAD__
  static constexpr bool knows_pwritev2 = false;  // the thread sanitizer does not see that it hands over to the reader
#else
  static constexpr bool knows_pwritev2 = true;
#endif

  friend class LineReply;
  enum class Written { all, interrupted, broken };
  struct Patience {
    bool ends_with_stop = false;
    std::optional<SteadyTime> until{};  // none: as long as it takes
  };

  [[nodiscard]] bool says_already(std::string_view frame) const;  // it is behind, and this is yet to be written
  void closed(const void* reply, bool was_awaited);
  void watch(const void* reply, std::function<void()> gone);
  void flush(std::unique_lock<std::mutex>& lock, Patience patience);
  void break_off(std::unique_lock<std::mutex>& lock);
  [[nodiscard]] Written write_all(std::string& chunk, Patience patience);
  [[nodiscard]] long write_some(std::string_view bytes) noexcept;
  [[nodiscard]] Written wait_writable(Patience patience) const;

  const int descriptor_;
  Event stop_;
  Event cut_;                                     // raised when nothing may be written any more
  bool can_write_without_wait_ = knows_pwritev2;  // belongs to whoever set is_writing_

  mutable std::mutex mutex_;  // guards everything below
  std::condition_variable changed_;
  std::string pending_;
  std::size_t open_replies_ = 0;
  std::unordered_map<const void*, std::function<void()>> watchers_;
  std::thread::id gathering_;
  bool is_writing_ = false;
  bool is_broken_ = false;
};

}  // namespace tomada::stdio

#pragma once
// Streams: the event streams of one session, by the number that its events' ids name: 0 is the session's own, the
// others belong to requests. What they keep is bounded by bytes and by time; the oldest is forgotten first.
#include "core/base/alarm.hpp"
#include "core/base/clock.hpp"
#include "core/session/stream.hpp"

#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace tomada::session {

class Streams final {  // [any thread]
 public:
  static constexpr std::size_t most_bytes = 1u << 20;          // of one session
  static constexpr std::size_t most_bytes_of_all = 64u << 20;  // of all sessions
  static constexpr Milliseconds kept{5 * 60'000};              // after a stream's end

  Streams(const Clock& clock, std::shared_ptr<Alarm> alarm, const std::shared_ptr<Room>& whole);  // null: no bound

  [[nodiscard]] const std::shared_ptr<Stream>& own() const noexcept { return own_; }
  [[nodiscard]] std::shared_ptr<Stream> begin(std::shared_ptr<jsonrpc::Reply> to, Numbering numbering);  // a request's
  void make_room();    // after something was said
  bool forget_half();  // of what is kept, the oldest streams. False: there was nothing to forget
  [[nodiscard]] std::size_t kept_bytes() const noexcept { return room_->used(); }
  void ended(const Stream& stream);  // it is kept for a while

  [[nodiscard]] Resumption resume(std::string_view event, const std::shared_ptr<jsonrpc::Reply>& to);
  // event: the id of the last one that the client has heard, as it sends it.
  std::optional<SteadyTime> expire(SteadyTime now);  // when to look again

 private:
  struct Kept {
    std::uint64_t number = 0;
    std::shared_ptr<Stream> stream;
    std::optional<SteadyTime> until{};  // it is over
  };
  [[nodiscard]] std::string name_of(std::uint64_t number) const;
  [[nodiscard]] std::shared_ptr<Stream> find(std::uint64_t number);
  [[nodiscard]] std::shared_ptr<Stream> take_oldest();

  const Clock& clock_;
  const std::shared_ptr<Alarm> alarm_;
  const std::shared_ptr<Room> room_;
  const std::string tag_;  // makes another session's ids unknown to this one
  const std::shared_ptr<Stream> own_;
  std::mutex mutex_;  // guards the two below
  std::uint64_t last_number_ = 0;
  std::deque<Kept> kept_;
};

}  // namespace tomada::session

#pragma once
// Ledger: what was sent, what failed and who is sending, in one file that all processes of a state folder share.
#include "core/base/clock.hpp"
#include "core/base/result.hpp"
#include "core/upstream/shared_file.hpp"

#include <array>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tomada::upstream {

using UnixMs = std::int64_t;

// One fixed record; every time is Unix milliseconds, 0: never.
struct Record {
  std::uint64_t magic = 0;
  std::uint64_t sent = 0;      // requests ever sent; the last ones' times are in the ring behind the record
  UnixMs not_before = 0;       // the upstream asked to wait
  UnixMs blocked_until = 0;    // the upstream has blocked us
  std::uint64_t failures = 0;  // in a row
  UnixMs last_failure = 0;
  UnixMs paused_until = 0;        // our own pause after too many of them
  std::array<char, 72> reason{};  // of the last failure, an error code rather than a text

  [[nodiscard]] std::string_view reason_text() const noexcept;
  void set_reason(std::string_view text) noexcept;
};

class Ledger final {
 public:
  static constexpr std::size_t most_slots = 64;
  static constexpr std::size_t ring_size = 4096;  // also the largest limit per minute

  [[nodiscard]] static Result<std::unique_ptr<Ledger>> open(const std::string& path);

  // One critical section over all threads and processes.
  class Session final {
   public:
    explicit Session(Ledger& ledger);
    ~Session();  // writes the record back
    Session(const Session&) = delete;
    Session& operator=(const Session&) = delete;

    Record record;

    [[nodiscard]] std::optional<UnixMs> full_until(UnixMs now, Milliseconds window, std::size_t limit) const;
    [[nodiscard]] std::uint64_t note_sent(UnixMs now);  // its number, for note_done
    void note_done(std::uint64_t number, UnixMs now);
    // A request counts from its end: the upstream saw it at the latest then, and its own window began no later.

    // A slot is free when nobody holds it and its margin has passed. try_slot: 0 .. most_slots-1 below `usable`.
    [[nodiscard]] std::optional<std::size_t> take_slot(UnixMs now, std::size_t usable);
    void give_back(std::size_t slot, UnixMs free_at);
    [[nodiscard]] std::optional<UnixMs> next_margin_end(UnixMs now, std::size_t usable) const;
    // When the first slot that nobody holds becomes free; none: all are held.

   private:
    Ledger& ledger_;
    const std::unique_lock<std::mutex> lock_;
  };

  [[nodiscard]] Record read() const;  // a look without waiting for anybody's long work

 private:
  explicit Ledger(SharedFile file) : file_{std::move(file)} {}

  SharedFile file_;
  mutable std::mutex mutex_;  // guards the file against this process's other threads, and the next
  std::array<bool, most_slots> is_held_{};
};

}  // namespace tomada::upstream

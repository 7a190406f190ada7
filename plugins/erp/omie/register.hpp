#pragma once
// Register: a list that many questions share, kept as it was read, so that they need no requests of their own. One
// thread reads it, the others that want it wait for that reading.
#include "source.hpp"

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace tomada::erp::omie {

template <class Item>
class Register {
 public:
  struct Copy {
    std::shared_ptr<const std::vector<Item>> items;
    Provenance provenance;    // as of now
    bool is_keepable = true;  // false: it answers one question only
  };
  static constexpr std::int64_t lasts_ms = 10 * 60'000;
  static constexpr std::int64_t until_refresh = 0;  // as long as the ERP would refuse a new look

  explicit Register(std::int64_t lasts = lasts_ms) : lasts_ms_{lasts} {}

  // read: () -> Copy; runs unlocked, so that a slow one keeps nobody from the copy at hand. A fresh look only as the
  // copy's refresh_in allows one. Throws what read throws, its ToolError also to those who waited for it.
  template <class Read>
  [[nodiscard]] Copy get(const Request& request, const sdk::Host& host, Read read) {
    std::unique_lock lock{mutex_};
    while (true) {
      if (auto kept = find_locked(request, host.unix_ms())) return *kept;
      if (!flight_) break;
      if (auto landed = wait(lock, request)) return *landed;
    }
    const auto flight = flight_ = std::make_shared<Flight>();
    const auto writes = writes_;
    lock.unlock();
    return lead(*flight, host, read, writes);
  }

  // What was read before now is not kept: something of it has been written.
  void forget() {
    const std::lock_guard lock{mutex_};
    kept_.reset();
    ++writes_;
  }

  [[nodiscard]] std::optional<Copy> find(const Request& request, const sdk::Host& host) const {
    const std::lock_guard lock{mutex_};
    return find_locked(request, host.unix_ms());
  }

 private:
  struct Flight {  // of one reading
    bool is_over = false;
    std::optional<Copy> landed;
    std::optional<std::string> failure;
  };

  template <class Read>
  Copy lead(Flight& flight, const sdk::Host& host, Read read, std::int64_t writes) {
    try {
      Copy next = read();
      const std::lock_guard lock{mutex_};
      if (next.is_keepable && writes == writes_) {
        flight.landed = kept_ = next;
        kept_at_ms_ = host.unix_ms();  // what it says of its age and of the next look was true now, not before
      }
      land(flight);
      return next;
    } catch (const sdk::ToolError& error) {
      const std::lock_guard lock{mutex_};
      flight.failure = error.what();
      land(flight);
      throw;
    } catch (...) {
      const std::lock_guard lock{mutex_};
      land(flight);
      throw;
    }
  }

  void land(Flight& flight) {
    flight.is_over = true;
    flight_.reset();
    landed_.notify_all();
  }

  // What the reading on its way brings; nothing: it was for one question only, or its caller left.
  std::optional<Copy> wait(std::unique_lock<std::mutex>& lock, const Request& request) {
    const auto flight = flight_;
    while (!landed_.wait_for(lock, std::chrono::milliseconds{50}, [&] { return flight->is_over; })) {
      lock.unlock();
      if (request.call) request.call->check();
      lock.lock();
    }
    if (flight->failure) throw sdk::ToolError{*flight->failure};
    return flight->landed;
  }

  std::optional<Copy> find_locked(const Request& request, std::int64_t now_ms) const {
    const auto more = now_ms - kept_at_ms_;
    if (!kept_ || more < 0) return std::nullopt;
    const bool is_short_lived = request.wants_fresh || lasts_ms_ == until_refresh;
    if (more >= (is_short_lived ? kept_->provenance.refresh_in_ms : lasts_ms_)) return std::nullopt;
    auto out = *kept_;
    out.provenance.was_asked = false;
    out.provenance.age_ms += more;
    out.provenance.refresh_in_ms = std::max<std::int64_t>(out.provenance.refresh_in_ms - more, 0);
    return out;
  }

  const std::int64_t lasts_ms_;
  std::condition_variable landed_;
  mutable std::mutex mutex_;  // guards the four below
  std::int64_t writes_ = 0;
  std::optional<Copy> kept_;
  std::int64_t kept_at_ms_ = 0;
  std::shared_ptr<Flight> flight_;  // null: nobody is reading
};

}  // namespace tomada::erp::omie

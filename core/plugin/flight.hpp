#pragma once
// Flight: one call while its plugin has it. Born when the tool starts, over when the plugin's function has returned and
// finish() was called, in whichever order. Flights that ended stay a while as tombstones, so that a plugin that
// finishes twice is caught instead of crashing.
#include "core/plugin/face.hpp"
#include "core/registry/outcome.hpp"

#include <atomic>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <stop_token>
#include <string>
#include <string_view>

namespace tomada::plugin {

class Instance;
class Bridge;

class Flight final : public CallFace {
 public:
  Flight(Instance& instance, Bridge& served_by, std::shared_ptr<registry::Call> served);
  Flight(const Flight&) = delete;
  Flight& operator=(const Flight&) = delete;

  void run_inline() noexcept;                         // the plugin's function, on the caller's thread
  void run_on_worker() noexcept;                      // the same on a thread of the plugin's share, which is given back
  void refuse(registry::Outcome outcome) noexcept;    // the plugin never hears of the call
  std::shared_ptr<registry::Call> forget() noexcept;  // gives up what it held; only the tombstone remains

  std::list<std::unique_ptr<Flight>>::iterator place;  // in the instance's list

 private:
  struct Wake {
    void (*function)(void* context);
    void* context;
    void operator()() const noexcept;
  };
  using WakeOnStop = std::stop_callback<Wake>;

  static void finish_call(tomada_call* call, const tomada_answer* answer) noexcept;
  static void report_progress(tomada_call* call, double done, double total, tomada_text message) noexcept;
  static bool is_cancelled(const tomada_call* call) noexcept;
  static void call_on_cancel(tomada_call* call, void (*wake)(void*), void* context) noexcept;
  static void write_log(tomada_call* call, tomada_log_level level, tomada_text message) noexcept;
  static void tell_capabilities(const tomada_call* call, void* context, tomada_sink json) noexcept;
  static bool turn_into_task(tomada_call* call) noexcept;

  static void hang_up_client(tomada_call* call) noexcept;

  void fill_face();
  void run() noexcept;
  void enter_plugin();
  void threw(std::string_view what) noexcept;
  void give_seat_back();
  void deliver(registry::Outcome outcome) noexcept;
  [[nodiscard]] registry::Outcome read(const tomada_answer* answer) noexcept;
  [[nodiscard]] registry::Outcome blame(std::string_view problem) noexcept;
  void date(registry::Freshness& freshness) const;
  [[nodiscard]] std::shared_ptr<registry::Call> accepts(tomada_text message, std::string_view what) noexcept;
  void step_back() noexcept;  // one of the two ends has come

  Instance& instance_;
  Bridge& bridge_;
  enum class Seat { none, taken, given_back };
  std::atomic<Seat> seat_{Seat::none};  // among those of its plugin that may work at once
  bool has_turn_ = false;               // it entered a serial one: the next may when this one is over
  std::string arguments_, principal_;
  std::atomic<int> ends_left_{2};
  std::atomic<bool> is_over_{false};  // finish() was called

  std::mutex mutex_;  // guards wakes_
  std::list<std::unique_ptr<WakeOnStop>> wakes_;
};

}  // namespace tomada::plugin

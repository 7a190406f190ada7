#pragma once
// Signals: SIGTERM, SIGINT and SIGHUP as values on one thread instead of handlers on any.
#include <functional>
#include <thread>

namespace tomada::app {

class Signals final {
 public:
  static void block();  // first thing in main, before any thread: every thread inherits it

  struct Handlers {
    std::function<void()> stop;    // SIGTERM, SIGINT; at most once
    std::function<void()> reload;  // SIGHUP
  };
  explicit Signals(Handlers handlers);  // waits on a thread of its own
  ~Signals();
  Signals(const Signals&) = delete;
  Signals& operator=(const Signals&) = delete;

 private:
  void wait();
  Handlers handlers_;
  int signals_ = -1;
  int wake_ = -1;
  std::thread thread_;
};

}  // namespace tomada::app

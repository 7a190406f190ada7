#pragma once
// Loop: one I/O thread's worth of serving: its own listener on the shared port and the connections it accepted.
#include "core/base/result.hpp"
#include "transports/http/surroundings.hpp"

#include <boost/asio/executor_work_guard.hpp>

#include <cstddef>
#include <cstdint>
#include <future>
#include <memory>
#include <vector>

namespace tomada::http {

class Loop final {
 public:
  Loop(const Options& options, const Router& router, session::Receiver* receiver,
       std::shared_ptr<const Principal> principal, log::Logger& log, metrics::Registry& metrics, Census& census);
  ~Loop();

  [[nodiscard]] Result<std::uint16_t> listen(const Tcp::endpoint& at, bool shares_port);  // before run()
  void run();  // the thread; returns after finish()

  [[nodiscard]] std::future<void> stop_accepting();  // [any thread]
  [[nodiscard]] std::future<std::size_t> finish();   // [any thread] closes everything; how many were being answered

 private:
  void accept();
  void on_accepted(const SocketError& error, Socket socket);
  void welcome(Socket socket);
  void accept_backlog();
  void retire_later(const std::shared_ptr<Connection>& connection);
  [[nodiscard]] std::vector<std::shared_ptr<Connection>> everyone() const;
  [[nodiscard]] std::size_t close_all();
  void arm_sweep();
  void sweep();

  asio::io_context io_{1};
  asio::executor_work_guard<Executor> work_;
  Acceptor acceptor_;
  Timer sweep_timer_;
  Timer retry_timer_;
  Tcp::endpoint peer_;
  bool is_sweep_armed_ = false;
  bool is_finished_ = false;
  bool is_exhausted_ = false;  // nothing could be accepted lately; said once
  log::Logger& log_;
  Surroundings around_;
};

}  // namespace tomada::http

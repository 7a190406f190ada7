#include "transports/http/loop.hpp"

#include "core/base/text.hpp"
#include "transports/http/connection.hpp"

#include <boost/asio/post.hpp>
#include <boost/asio/socket_base.hpp>

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace tomada::http {
namespace {

using SharesPort = asio::detail::socket_option::boolean<SOL_SOCKET, SO_REUSEPORT>;

constexpr int backlog = 4096;
constexpr Milliseconds accept_retry{100};

Error cannot_listen(const SocketError& error, const Tcp::endpoint& at) {
  const auto port = std::to_string(at.port());
  const auto address = at.address().to_string();
  if (error == asio::error::address_in_use) {
    return failure(ErrorCode::system, text::concat({"port ", port, " is already in use"}), address,
                   "stop the program that uses it or listen on another port, for example --listen 127.0.0.1:0");
  }
  if (error == asio::error::access_denied) {
    return failure(ErrorCode::system, text::concat({"port ", port, " may not be opened by this user"}), address,
                   "listen on a port above 1023");
  }
  if (error == boost::system::errc::address_not_available) {
    return failure(ErrorCode::system, text::concat({"this machine has no address ", address}), "http.listen",
                   "listen on 127.0.0.1 or, for every address, on 0.0.0.0");
  }
  return failure(ErrorCode::system, text::concat({"cannot listen on port ", port, ": ", error.message()}), address);
}

Milliseconds sweep_interval(const Options& options) {
  const auto shortest = std::min({options.idle_timeout, options.header_timeout, options.body_timeout, options.silence});
  return std::clamp(shortest / 4, Milliseconds{5}, Milliseconds{1000});
}

}  // namespace

Loop::Loop(const Options& options, const Router& router, session::Receiver* receiver,
           std::shared_ptr<const Principal> principal, log::Logger& log, metrics::Registry& metrics, Census& census)
    : work_{io_.get_executor()},
      acceptor_{io_},
      sweep_timer_{io_},
      retry_timer_{io_},
      log_{log},
      around_{options,
              router,
              receiver,
              std::move(principal),
              census,
              Tally{log, metrics},
              std::make_shared<Mailbox>(io_)} {}

Loop::~Loop() { around_.mailbox->close(); }

Result<std::uint16_t> Loop::listen(const Tcp::endpoint& at, bool shares_port) {
  SocketError error;
  acceptor_.open(at.protocol(), error);
  if (!error) acceptor_.set_option(asio::socket_base::reuse_address(true), error);
  if (!error && shares_port) acceptor_.set_option(SharesPort(true), error);
  if (!error) acceptor_.bind(at, error);
  if (!error) acceptor_.listen(backlog, error);
  if (!error) acceptor_.non_blocking(true, error);
  if (error) return cannot_listen(error, at);
  return acceptor_.local_endpoint().port();
}

void Loop::run() {
  around_.thread = std::this_thread::get_id();
  accept();
  io_.run();
}

void Loop::accept() {
  acceptor_.async_accept(peer_,
                         [this](const SocketError& error, Socket socket) { on_accepted(error, std::move(socket)); });
}

void Loop::on_accepted(const SocketError& error, Socket socket) {
  if (is_finished_) return;
  if (!error) is_exhausted_ = false;
  if (!error) welcome(std::move(socket));  // also when the listener has been closed meanwhile
  if (!acceptor_.is_open()) return;
  if (!error || error == asio::error::connection_aborted) return accept();
  // Out of descriptors or memory: trying again at once would spin.
  const auto reason = error.message();
  if (!is_exhausted_) log_.error("cannot accept HTTP connections", {{"reason", std::string_view{reason}}});
  is_exhausted_ = true;
  retry_timer_.expires_after(accept_retry);
  retry_timer_.async_wait([this](const SocketError& cancelled) {
    if (!cancelled && acceptor_.is_open()) accept();
  });
}

void Loop::welcome(Socket socket) {
  SocketError error;
  socket.non_blocking(true, error);
  if (!error) socket.set_option(Tcp::no_delay(true), error);
  if (error) return;
  if (around_.connections.empty()) around_.now = std::chrono::steady_clock::now();
  SslHandle tls;
  if (around_.options.tls) {
    tls = around_.options.tls->read()->accept(socket.native_handle());
    if (!tls) return;
  }
  const auto connection = std::make_shared<Connection>(Wire{std::move(socket), std::move(tls)}, peer_, around_);
  around_.connections.insert(connection);
  connection->start();
  arm_sweep();
  if (around_.is_draining) retire_later(connection);
}

std::future<void> Loop::stop_accepting() {
  auto done = std::make_shared<std::promise<void>>();
  auto future = done->get_future();
  asio::post(io_, [this, done] {
    around_.is_draining = true;
    // Those accepted from here on retire by themselves; see welcome().
    for (const auto& connection : everyone()) retire_later(connection);
    accept_backlog();
    asio::post(io_, [done] { done->set_value(); });
  });
  return future;
}

// Connections that the kernel has already accepted for us would be reset by closing the listener.
void Loop::accept_backlog() {
  SocketError error;
  while (acceptor_.is_open() && !error) {
    Socket socket{io_};
    acceptor_.accept(socket, peer_, error);
    if (!error) welcome(std::move(socket));
  }
  acceptor_.close(error);
  retry_timer_.cancel();
}

// Behind the reads that have completed: the requests they brought are under way when it runs.
void Loop::retire_later(const std::shared_ptr<Connection>& connection) {
  asio::post(io_, [connection] { connection->retire(); });
}

std::vector<std::shared_ptr<Connection>> Loop::everyone() const {
  return {around_.connections.begin(), around_.connections.end()};
}

std::future<std::size_t> Loop::finish() {
  auto done = std::make_shared<std::promise<std::size_t>>();
  auto future = done->get_future();
  asio::post(io_, [this, done] {
    const std::size_t cut = close_all();
    sweep_timer_.cancel();
    work_.reset();
    done->set_value(cut);
  });
  return future;
}

std::size_t Loop::close_all() {
  is_finished_ = true;
  SocketError ignored;
  acceptor_.close(ignored);
  std::size_t cut = 0;
  for (const auto& connection : everyone()) {
    if (connection->is_answering()) ++cut;
    connection->close();
  }
  return cut;
}

void Loop::arm_sweep() {
  if (is_sweep_armed_) return;
  is_sweep_armed_ = true;
  sweep_timer_.expires_after(sweep_interval(around_.options));
  sweep_timer_.async_wait([this](const SocketError& cancelled) {
    if (!cancelled) sweep();
  });
}

void Loop::sweep() {
  is_sweep_armed_ = false;
  around_.now = std::chrono::steady_clock::now();
  for (const auto& connection : everyone()) connection->sweep();
  if (!around_.connections.empty()) arm_sweep();
}

}  // namespace tomada::http

// Threads share the port through SO_REUSEPORT: the kernel spreads connections, no thread hands one to another. A first
// plain bind finds out whether somebody else has the port, because SO_REUSEPORT alone would silently share it.
#include "transports/http/server.hpp"

#include "transports/http/address.hpp"
#include "transports/http/loop.hpp"

#include <algorithm>
#include <optional>
#include <thread>
#include <utility>

namespace tomada::http {

struct Server::State {
  const Options options;
  session::Receiver* const receiver;
  std::vector<Route> routes;
  log::Logger& log;
  metrics::Registry& metrics;

  Census census{};
  std::optional<Router> router{};
  std::vector<std::unique_ptr<Loop>> loops{};
  std::vector<std::thread> threads{};
  bool is_accepting = false;
  bool is_finished = false;

  [[nodiscard]] std::shared_ptr<const Principal> principal(bool is_loopback) const {
    if (is_loopback && options.local_principal) return options.local_principal;
    return std::make_shared<const Principal>(Principal{is_loopback ? "local" : "anonymous", "default", {}});
  }
  [[nodiscard]] Result<std::uint16_t> open(Tcp::endpoint at);
  [[nodiscard]] std::size_t finish();
};

namespace {

Result<std::uint16_t> probe(const Tcp::endpoint& at, const Options& options, const Router& router, log::Logger& log,
                            metrics::Registry& metrics, Census& census) {
  Loop alone{options, router, nullptr, nullptr, log, metrics, census};
  return alone.listen(at, false);
}

}  // namespace

Result<std::uint16_t> Server::State::open(Tcp::endpoint at) {
  const std::size_t count = std::max<std::size_t>(options.threads, 1);
  if (count > 1) {
    const auto port = probe(at, options, *router, log, metrics, census);
    if (!port) return port.error();
    at.port(*port);
  }
  for (std::size_t i = 0; i < count; ++i) {
    auto loop =
        std::make_unique<Loop>(options, *router, receiver, principal(at.address().is_loopback()), log, metrics, census);
    const auto port = loop->listen(at, count > 1);
    if (!port) {
      loops.clear();
      return port.error();
    }
    at.port(*port);
    loops.push_back(std::move(loop));
  }
  return at.port();
}

std::size_t Server::State::finish() {
  if (is_finished) return 0;
  is_finished = true;
  std::size_t cut = 0;
  for (auto& loop : loops) cut += loop->finish().get();
  for (auto& thread : threads) thread.join();
  return cut;
}

Server::Server(Options options, session::Receiver* receiver, std::vector<Route> routes, log::Logger& log,
               metrics::Registry& metrics)
    : state_{new State{std::move(options), receiver, std::move(routes), log, metrics}} {}

Server::~Server() {
  stop_accepting();
  if (!state_->threads.empty()) (void)state_->finish();
}

Result<std::uint16_t> Server::start() {
  const auto at = parse_listen(state_->options.listen);
  if (!at) return at.error();
  const auto& options = state_->options;
  const auto own_host = options.listen.substr(0, options.listen.rfind(':'));
  state_->router.emplace(Gate{options.allowed_origins, options.allowed_hosts, own_host, at->address().is_loopback()},
                         state_->routes, state_->receiver != nullptr, options.has_sse);
  const auto port = state_->open(*at);
  if (!port) return port.error();
  for (auto& loop : state_->loops) state_->threads.emplace_back([&loop = *loop] { loop.run(); });
  state_->is_accepting = true;
  return *port;
}

void Server::stop_accepting() {
  if (!state_->is_accepting) return;
  state_->is_accepting = false;
  std::vector<std::future<void>> stopped;
  for (auto& loop : state_->loops) stopped.push_back(loop->stop_accepting());
  for (auto& each : stopped) each.wait();
}

bool Server::drain(Milliseconds at_most) {
  stop_accepting();
  if (state_->threads.empty()) return true;
  (void)state_->census.wait_until_empty(at_most);
  return state_->finish() == 0;
}

}  // namespace tomada::http

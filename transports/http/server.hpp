#pragma once
// Server: the HTTP listener. /mcp goes to the session endpoint (and, where HTTP+SSE is on, /sse and /messages), other
// paths to mounted routes.
#include "core/auth/doorkeeper.hpp"
#include "core/auth/limits.hpp"
#include "core/base/clock.hpp"
#include "core/base/principal.hpp"
#include "core/base/result.hpp"
#include "core/log/log.hpp"
#include "core/metrics/metrics.hpp"
#include "core/session/receiver.hpp"
#include "transports/http/tls.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace tomada::http {

struct RouteAnswer {
  int status = 200;
  std::string content_type = "application/json";
  std::string body;
};
enum class Guard {
  origin_and_host,
  origin,  // nothing secret is there: a probe may come by any name or address
};

struct Route {  // GET and HEAD; anything else answers 405
  std::string path;
  std::function<RouteAnswer()> answer;  // [any thread], quick
  Guard guard = Guard::origin_and_host;
  bool needs_principal = false;  // where there is a doorkeeper: as /mcp
};

struct Options {
  std::string listen = "127.0.0.1:8420";     // host:port; port 0: any free one
  std::vector<std::string> allowed_origins;  // besides loopback ones
  std::vector<std::string> allowed_hosts;    // besides loopback ones and the one to listen on; empty and not on
                                             // loopback: any address, no other name
  std::size_t max_body_bytes = 4u << 20;
  std::size_t max_header_bytes = 64u << 10;
  std::size_t threads = 1;
  std::shared_ptr<const Tls> tls;  // null: in clear; else it holds a certificate
  bool has_sse = false;            // also HTTP+SSE, the transport of 2024-11-05
  bool compresses = true;          // answers of 1 KB and more, with gzip, where the client takes it; never streams
  Milliseconds idle_timeout{75'000};
  Milliseconds header_timeout{10'000};  // slow headers
  Milliseconds body_timeout{30'000};    // slow body
  Milliseconds silence{5'000};          // until whoever asked for it hears that a client waits without a word
  std::shared_ptr<const Principal> local_principal;
  // Who every caller is when the address that `listen` resolved to is a loopback one; null: "local" without roles.
  // On any other address everybody is "anonymous".
  auth::Doorkeeper* doorkeeper = nullptr;
  // Decides instead who speaks on /mcp and on the routes that need a principal; null: nobody has to say who they are.
  const auth::Limits* limits = nullptr;  // an address that has no call left is turned away before it is read
};

class Server final {
 public:
  // receiver null: routes only (the separate metrics listener).
  Server(Options options, session::Receiver* receiver, std::vector<Route> routes, log::Logger& log,
         metrics::Registry& metrics);
  ~Server();

  [[nodiscard]] Result<std::uint16_t>
  start();                // binds and serves on its own threads; the port. Errors: system, "port 8420 is in use…"
  void stop_accepting();  // closes the listeners and idle connections; those with a call in flight stay
  [[nodiscard]] bool drain(
      Milliseconds at_most);  // waits for answers in flight to be written, then closes; false: some were cut

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace tomada::http

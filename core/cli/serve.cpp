#include "core/cli/serve.hpp"

#include "core/app/convert.hpp"
#include "core/app/entrance.hpp"
#include "core/app/paths.hpp"
#include "core/app/routes.hpp"
#include "core/app/signals.hpp"
#include "core/app/watch.hpp"
#include "core/base/cores.hpp"
#include "core/base/text.hpp"
#include "core/cli/failure.hpp"
#include "transports/http/address.hpp"
#include "transports/http/server.hpp"
#include "transports/stdio/server.hpp"

#include <algorithm>
#include <condition_variable>
#include <cstdio>
#include <future>
#include <mutex>
#include <thread>
#include <unistd.h>

namespace tomada::cli {
namespace {

constexpr Milliseconds patience_with_plugins{60};

// The certificate of a new configuration: read before anything changes, published when everything has.
class Renewal final {
 public:
  explicit Renewal(http::Tls* tls) : tls_{tls} {}
  Result<void> read(const config::Config& next) {
    if (!tls_) return {};
    auto certificate = app::read_certificate(next);
    is_refused_ = !certificate;
    if (is_refused_) return certificate.error();
    certificate_ = std::move(*certificate);
    return {};
  }
  void publish() {
    if (certificate_) tls_->publish(std::move(certificate_));
  }
  [[nodiscard]] bool is_refused() const noexcept { return is_refused_; }

 private:
  http::Tls* const tls_;  // null: this listener speaks plain HTTP until the next start
  std::shared_ptr<const http::Certificate> certificate_;
  bool is_refused_ = false;
};

// SIGHUP: the log's file by its name again, then the new configuration as a whole or not at all.
void reload(app::Server& server, http::Tls* tls = nullptr) {
  server.log().reopen();
  Renewal renewal{tls};
  const auto reloaded = server.reload([&renewal](const auto& next) { return renewal.read(next); });
  if (reloaded) {
    renewal.publish();
    return server.log().info("reloaded", {{"configuration", std::string_view{server.settings().config.source}}});
  }
  server.log().error(renewal.is_refused()
                         ? "the certificate is refused; the running one stays, and so does the configuration"
                         : "the configuration is refused; the running one stays",
                     {{"reason", std::string_view{reloaded.error().text()}}});
}

http::Options http_options(app::Server& server, std::shared_ptr<const http::Tls> tls, auth::Doorkeeper* doorkeeper) {
  const auto& config = server.settings().config;
  http::Options out;
  out.listen = config.http.listen;
  out.allowed_origins = config.http.allowed_origins;
  out.allowed_hosts = config.http.allowed_hosts;
  out.max_body_bytes = config.http.max_body_bytes;
  out.threads = config.http.threads != 0 ? config.http.threads : std::min(usable_cores(), 4u);
  out.compresses = config.http.compresses;
  out.has_sse = config.http.has_sse;
  out.tls = std::move(tls);
  out.local_principal = app::local_principal(config);
  out.doorkeeper = doorkeeper;
  out.limits = &server.limits();
  return out;
}

void greet(const config::Http& http, std::uint16_t port, bool is_tls, bool needs_key) {
  const auto& listen = http.listen;
  const std::string host = listen.substr(0, listen.rfind(':'));
  const std::string url = text::concat({is_tls ? "https://" : "http://", host, ":", std::to_string(port), "/mcp"});
  std::printf(
      "tomada %s serves MCP at %s\n\nConnect a client:\n"
      "  Claude Code   claude mcp add --transport http tomada %s\n"
      "  Cursor        {\"mcpServers\": {\"tomada\": {\"url\": \"%s\"}}}\n"
      "  VS Code       {\"servers\": {\"tomada\": {\"type\": \"http\", \"url\": \"%s\"}}}\n"
      "  Over stdio    %s client claude-desktop\n"
      "%sHealth: %s/health/detailed   Stop: Ctrl-C\n",
      app::version(), url.c_str(), url.c_str(), url.c_str(), url.c_str(), app::executable().c_str(),
      needs_key ? "Each needs the header Authorization: Bearer KEY; a KEY comes from tomada keys add --name NAME\n"
                : "",
      url.substr(0, url.size() - 4).c_str());
  if (http.has_sse) std::printf("Clients that know only HTTP+SSE: %s/sse\n", url.substr(0, url.size() - 4).c_str());
  std::fflush(stdout);
}

// Calls that do not end by themselves are answered before the drain deadline has passed, while answers still leave.
class LastCall final {
 public:
  LastCall(dispatch::Dispatcher& dispatcher, Milliseconds drain)
      : thread_{[this, &dispatcher, wait = drain - std::min(drain / 5, Milliseconds{1000})] {
          std::unique_lock lock{mutex_};
          if (!over_.wait_for(lock, wait, [this] { return is_over_; })) dispatcher.end_all();
        }} {}
  ~LastCall() {
    {
      const std::lock_guard lock{mutex_};
      is_over_ = true;
    }
    over_.notify_all();
    thread_.join();
  }
  LastCall(const LastCall&) = delete;
  LastCall& operator=(const LastCall&) = delete;

 private:
  std::mutex mutex_;  // guards is_over_
  std::condition_variable over_;
  bool is_over_ = false;
  std::thread thread_;  // last: it uses everything above
};

// Who may reach the metrics' own listener is decided by its address: nobody is asked for a key there.
Result<std::unique_ptr<http::Server>> start_metrics(app::Server& server, std::shared_ptr<const http::Tls> tls) {
  const auto& listen = server.settings().config.http.metrics_listen;
  if (listen.empty()) return std::unique_ptr<http::Server>{};
  auto options = http_options(server, std::move(tls), nullptr);
  options.listen = listen;
  options.threads = 1;
  auto out = std::make_unique<http::Server>(
      std::move(options), nullptr, std::vector{app::metrics_route(server.metrics())}, server.log(), server.metrics());
  if (const auto started = out->start(); !started) return started.error();
  return out;
}

// A plugin that ignores the end of its calls must not keep the process: everybody has been answered.
int finish(app::Server& server, bool is_drained) {
  if (!is_drained) server.log().warning("calls were still running at the drain deadline", {});
  const int code = is_drained ? exit_ok : exit_unexpected;
  server.dispatcher().end_all();  // calls that nobody waits for any more: their connection has gone
  if (server.stop_background(patience_with_plugins)) return code;
  server.log().warning("a plugin goes on with calls that were answered for it; the process ends without it", {});
  std::fflush(nullptr);
  ::_exit(code);
}

}  // namespace

int serve_stdio(app::Server& server) {
  const auto& config = server.settings().config;
  session::Endpoint endpoint{server.service(), session::Transport::stdio, json::Limits{}, server.log(),
                             server.metrics()};
  auto principal = app::stdio_principal(server);
  if (!principal) return fail(principal.error());
  stdio::Server transport{stdio::Options{}, endpoint, std::move(*principal)};
  app::Signals signals{{[&transport] { transport.stop(); }, [&server] { reload(server); }}};
  server.start_background();
  endpoint.start();
  transport.run();
  endpoint.end_streams();
  server.dispatcher().drain();
  const LastCall last{server.dispatcher(), config.http.drain};
  return finish(server, transport.drain(config.http.drain));
}

int serve_http(app::Server& server) {
  const auto& config = server.settings().config;
  session::Endpoint endpoint{server.service(), session::Transport::http, json::Limits{128, config.http.max_body_bytes},
                             server.log(),     server.metrics(),         config.http.ping_interval};
  const auto at = http::parse_listen(config.http.listen);
  if (!at) return fail(at.error());
  const auto entrance = app::Entrance::open(server, at->address().is_loopback());
  if (!entrance) return fail(entrance.error());
  auto* const doorkeeper = (*entrance)->doorkeeper();
  auto routes = app::health_routes(server.health(), server.log());
  for (auto& route : app::metadata_routes(config)) routes.push_back(std::move(route));
  if (config.http.metrics_listen.empty()) routes.push_back(app::metrics_route(server.metrics()));
  auto certificate = app::read_certificate(config);
  if (!certificate) return fail(certificate.error());
  const auto tls = *certificate ? std::make_shared<http::Tls>(std::move(*certificate)) : nullptr;
  if (tls) app::watch_certificate(server.health(), server.clock(), tls);
  http::Server transport{http_options(server, tls, doorkeeper), &endpoint, std::move(routes), server.log(),
                         server.metrics()};
  const auto metrics_listener = start_metrics(server, tls);
  if (!metrics_listener) return fail(metrics_listener.error());
  const auto port = transport.start();
  if (!port) return fail(port.error());
  std::promise<void> stop;
  app::Signals signals{{[&stop] { stop.set_value(); }, [&] { reload(server, tls.get()); }}};
  server.start_background();
  endpoint.start();
  greet(config.http, *port, tls != nullptr, doorkeeper != nullptr);
  stop.get_future().wait();
  transport.stop_accepting();
  endpoint.end_streams();
  const LastCall last{server.dispatcher(), config.http.drain};
  return finish(server, transport.drain(config.http.drain));
}

}  // namespace tomada::cli

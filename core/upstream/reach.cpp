// Asio rather than the HTTP client: nothing is to be asked, and the time for name, connection and handshake is one.
#include "core/upstream/reach.hpp"

#include "core/base/text.hpp"
#include "core/upstream/address.hpp"
#include "core/upstream/url.hpp"

#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>

#include <algorithm>
#include <string>
#include <vector>

namespace tomada::upstream {
namespace {

namespace asio = boost::asio;
namespace ssl = asio::ssl;
using Tcp = asio::ip::tcp;
using boost::system::error_code;

class Connecting final {
 public:
  explicit Connecting(const Url& url) : url_{url} {
    error_code ignored;  // without certificates every handshake fails, and says why
    tls_.set_default_verify_paths(ignored);
    stream_.set_verify_mode(ssl::verify_peer, ignored);
    stream_.set_verify_callback(ssl::host_name_verification{url.host}, ignored);
    SSL_set_tlsext_host_name(stream_.native_handle(), url.host.c_str());
  }

  // What went wrong; empty: nothing.
  [[nodiscard]] std::string run(const std::vector<Tcp::endpoint>& to, Milliseconds at_most) {
    asio::async_connect(stream_.lowest_layer(), to, [this](error_code error, const auto&) { connected(error); });
    io_.run_for(at_most);
    return problem_;
  }

 private:
  void connected(error_code error) {
    problem_.clear();
    if (error) {
      problem_ = error == asio::error::connection_refused ? "the connection is refused"
                                                          : "it cannot be connected to: " + error.message();
    } else if (url_.is_tls) {
      problem_ = "it did not complete the TLS handshake in time";
      stream_.async_handshake(ssl::stream_base::client, [this](error_code failed) { shaken(failed); });
    }
  }

  void shaken(error_code error) {
    const long verdict = SSL_get_verify_result(stream_.native_handle());
    problem_.clear();
    if (!error) return;
    if (verdict == X509_V_OK) {
      problem_ = "the TLS handshake fails: " + error.message();
    } else {
      problem_ = std::string{"its TLS certificate is not to be trusted: "} + X509_verify_cert_error_string(verdict);
    }
  }

  const Url& url_;
  asio::io_context io_;
  ssl::context tls_{ssl::context::tls_client};
  ssl::stream<Tcp::socket> stream_{io_, tls_};
  std::string problem_ = "it did not accept a connection in time";
};

Error unreachable(const Url& url, std::string_view why) {
  return failure(ErrorCode::unreachable, text::concat({url.origin(), ": ", why}), {},
                 "check the url, this machine's network and whether the upstream runs");
}

}  // namespace

Result<void> reach(const UpstreamOptions& options, Milliseconds at_most) {
  const auto url = parse_url(options.url);
  if (!url) return url.error();
  const SystemClock clock;
  const Patience patience{clock, clock.steady_now() + at_most, {}};
  const auto addresses = resolve(url->host, patience);
  if (!addresses) {
    return unreachable(*url, addresses.error().code == ErrorCode::timeout ? "its name is not looked up in time"
                                                                          : "its name has no address");
  }
  std::vector<Tcp::endpoint> to;
  for (const auto& address : *addresses) {
    if (!options.allow_private && is_private_address(address)) continue;
    to.emplace_back(asio::ip::make_address(address), static_cast<std::uint16_t>(url->port));
  }
  if (to.empty()) return unreachable(*url, "its address is private, which allow_private = false forbids");
  const auto problem = Connecting{*url}.run(to, patience.left());
  if (!problem.empty()) return unreachable(*url, problem);
  return {};
}

}  // namespace tomada::upstream

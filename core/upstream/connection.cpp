// cpp-httplib has time-outs for each read but none for the whole, and its stop() waits for a connect in progress. So we
// keep a duplicate of its socket and shut that down when the time is over or the caller gives up: the library sees a
// cut connection, whatever it was doing, and the duplicate keeps the number from being reused under us.
#include "core/upstream/connection.hpp"

#include <algorithm>
#include <atomic>
#include <cctype>
#include <fcntl.h>
#include <mutex>
#include <stdexcept>
#include <sys/socket.h>
#include <unistd.h>

// As Debian built the library: these change the layout of its classes.
#define CPPHTTPLIB_OPENSSL_SUPPORT
#define CPPHTTPLIB_ZLIB_SUPPORT
#define CPPHTTPLIB_BROTLI_SUPPORT
#include <httplib.h>
#include <openssl/x509.h>

namespace tomada::upstream {
namespace {

// The socket of the moment, which any thread may shut.
class Plug final {
 public:
  ~Plug() { reset(-1); }
  void follow(int socket) {
    const std::lock_guard lock{mutex_};
    reset(fcntl(socket, F_DUPFD_CLOEXEC, 0));
    if (is_pulled_) ::shutdown(copy_, SHUT_RDWR);
  }
  void pull() {
    const std::lock_guard lock{mutex_};
    is_pulled_ = true;
    if (copy_ >= 0) ::shutdown(copy_, SHUT_RDWR);
  }
  void insert() {
    const std::lock_guard lock{mutex_};
    is_pulled_ = false;
  }

 private:
  void reset(int socket) {
    if (copy_ >= 0) ::close(copy_);
    copy_ = socket;
  }
  std::mutex mutex_;  // guards the two below
  int copy_ = -1;
  bool is_pulled_ = false;
};

std::string lower_case(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return std::tolower(c); });
  return text;
}

class HttplibConnection final : public Connection {
 public:
  HttplibConnection(const Url& url, const std::string& address, const ConnectionOptions& options, Watchdog& watchdog)
      : host_{url.host}, options_{options}, watchdog_{watchdog}, client_{url.origin()} {
    client_.set_hostname_addr_map({{url.host, address}});
    client_.set_connection_timeout(options.connect_timeout);
    client_.set_keep_alive(true);
    client_.set_tcp_nodelay(true);
    client_.set_follow_location(false);
    client_.set_url_encode(false);
    client_.set_decompress(true);
    if (url.is_tls) client_.enable_server_certificate_verification(true);
    client_.set_socket_options([this](socket_t socket) { plug_.follow(socket); });
  }

  boost::system::result<Response, Breakage> run(const Exchange& exchange, Milliseconds at_most,
                                                const Patience& patience) override;

 private:
  [[nodiscard]] httplib::Request request(const Exchange& exchange, std::string& body);
  [[nodiscard]] std::string certificate_problem() const;
  [[nodiscard]] Breakage breakage(httplib::Error error, Milliseconds at_most, const Patience& patience) const;

  const std::string host_;
  const ConnectionOptions options_;
  Watchdog& watchdog_;
  Plug plug_;
  std::atomic<bool> is_overdue_{false};
  bool is_too_large_ = false;
  bool is_answering_ = false;
  httplib::Client client_;  // last: its end closes the socket
};

httplib::Request HttplibConnection::request(const Exchange& exchange, std::string& body) {
  httplib::Request out;
  out.method = exchange.http_method;
  out.path = exchange.target;
  out.body = exchange.body;
  for (const auto& [name, value] : exchange.headers) out.headers.emplace(name, value);
  out.content_receiver = [this, &body](const char* bytes, std::size_t size, std::uint64_t, std::uint64_t) {
    is_too_large_ = body.size() + size > options_.max_response_bytes;
    if (!is_too_large_) body.append(bytes, size);
    return !is_too_large_;
  };
  out.response_handler = [this](const httplib::Response&) { return is_answering_ = true; };
  return out;
}

boost::system::result<Response, Breakage> HttplibConnection::run(const Exchange& exchange, Milliseconds at_most,
                                                                 const Patience& patience) {
  is_overdue_ = is_too_large_ = is_answering_ = false;
  plug_.insert();
  const Milliseconds most = std::min(at_most, patience.left());
  const Watchdog::Watch watch{watchdog_, most, [this] { is_overdue_ = true, plug_.pull(); }};
  const std::stop_callback on_stop{patience.stop(), [this] { plug_.pull(); }};
  client_.set_connection_timeout(std::min(options_.connect_timeout, most + Milliseconds{50}));
  client_.set_read_timeout(most + Milliseconds{1'000});  // the watchdog is exact, these only back it up
  client_.set_write_timeout(most + Milliseconds{1'000});

  Response response;
  httplib::Request sent = request(exchange, response.body);
  httplib::Response received;
  httplib::Error error = httplib::Error::Success;
  const bool is_ok = client_.send(sent, received, error);
  if (!is_ok || error != httplib::Error::Success) return breakage(error, most, patience);
  response.status = received.status;
  for (const auto& [name, value] : received.headers) response.headers.emplace_back(lower_case(name), value);
  return response;
}

std::string HttplibConnection::certificate_problem() const {
  const long verdict = client_.get_openssl_verify_result();
  if (verdict == X509_V_OK) return "its TLS certificate is not for the host " + host_;
  return "its TLS certificate is not to be trusted (" + std::string{X509_verify_cert_error_string(verdict)} + ")";
}

Breakage HttplibConnection::breakage(httplib::Error error, Milliseconds at_most, const Patience& patience) const {
  using httplib::Error;
  const bool is_before = error == Error::Connection || error == Error::ConnectionTimeout ||
                         error == Error::SSLConnection || error == Error::SSLServerVerification ||
                         error == Error::SSLLoadingCerts;
  if (patience.is_cancelled()) return {Broken::cancelled, "the caller gave up", !is_before};
  if (is_too_large_)
    return {Broken::too_large, "its answer is larger than " + std::to_string(options_.max_response_bytes >> 20) + " MB",
            true, true};
  if (is_overdue_)
    return {Broken::timeout, "it did not answer within " + std::to_string(at_most.count()) + " ms", !is_before};
  if (error == Error::ConnectionTimeout) return {Broken::connect, "it did not accept a connection in time", false};
  if (error == Error::Connection) return {Broken::connect, "it refused the connection", false};
  if (error == Error::SSLServerVerification) return {Broken::tls, certificate_problem(), false};
  if (error == Error::SSLLoadingCerts)
    return {Broken::tls, "this machine has no trusted certificates to check it", false};
  if (error == Error::SSLConnection) return {Broken::tls, "it did not complete the TLS handshake", false};
  const char* where =
      is_answering_ ? "it cut the connection inside its answer" : "it cut the connection without an answer";
  return {Broken::cut, where, true, is_answering_};
}

}  // namespace

std::unique_ptr<Connection> make_connection(const Url& url, const std::string& address,
                                            const ConnectionOptions& options, Watchdog& watchdog) {
  return std::make_unique<HttplibConnection>(url, address, options, watchdog);
}

void throw_exception_from_error(const Breakage& breakage, const boost::source_location&) {
  throw std::logic_error("unchecked exchange: " + breakage.reason);
}

}  // namespace tomada::upstream

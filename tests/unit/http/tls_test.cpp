// A listener behind TLS, asked by OpenSSL's own client.
#include "transports/http/tls.hpp"

#include "tests/unit/http/support.hpp"

#include <openssl/ssl.h>

#include <arpa/inet.h>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <sys/socket.h>
#include <unistd.h>

using namespace tomada;
using namespace tomada::http::test;
namespace fs = std::filesystem;

namespace {

class Folder final {
 public:
  Folder() {
    char name[] = "/tmp/tomada-tls-XXXXXX";
    if (!::mkdtemp(name)) throw std::runtime_error{"no folder"};
    path_ = name;
  }
  ~Folder() { fs::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  // Signed by itself, for "localhost".
  [[nodiscard]] http::CertificateFiles make(const std::string& name, const std::string& serial) const {
    http::CertificateFiles out{(path_ / (name + ".crt")).string(), (path_ / (name + ".key")).string()};
    const std::string command =
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 30 -subj /CN=localhost"
        " -set_serial " +
        serial + " -keyout " + out.key + " -out " + out.chain + " 2>/dev/null";
    if (std::system(command.c_str()) != 0) throw std::runtime_error{"openssl made no certificate"};
    return out;
  }

 private:
  fs::path path_;
};

std::shared_ptr<const http::Certificate> certificate(const http::CertificateFiles& files) {
  auto out = http::Certificate::read(files);
  if (!out) throw std::runtime_error{out.error().text()};
  return *out;
}

class TlsClient final {
 public:
  explicit TlsClient(std::uint16_t port, const std::string& protocols = {}) {
    context_ = SSL_CTX_new(TLS_client_method());
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
      throw std::runtime_error{"no connection"};
    ssl_ = SSL_new(context_);
    SSL_set_fd(ssl_, socket_);
    if (!protocols.empty()) {
      const auto* const bytes = reinterpret_cast<const unsigned char*>(protocols.data());
      SSL_set_alpn_protos(ssl_, bytes, static_cast<unsigned>(protocols.size()));
    }
    is_connected_ = SSL_connect(ssl_) == 1;
  }
  ~TlsClient() {
    SSL_free(ssl_);
    SSL_CTX_free(context_);
    ::close(socket_);
  }
  TlsClient(const TlsClient&) = delete;
  TlsClient& operator=(const TlsClient&) = delete;

  [[nodiscard]] bool is_connected() const noexcept { return is_connected_; }
  [[nodiscard]] long serial() const {
    X509* const peer = SSL_get1_peer_certificate(ssl_);
    const long out = ASN1_INTEGER_get(X509_get0_serialNumber(peer));
    X509_free(peer);
    return out;
  }
  void send(const std::string& bytes) {
    for (std::size_t at = 0; at < bytes.size();) {
      const int sent = SSL_write(ssl_, bytes.data() + at, static_cast<int>(bytes.size() - at));
      if (sent <= 0) return;
      at += static_cast<std::size_t>(sent);
    }
  }
  [[nodiscard]] std::string read(std::size_t bytes) {
    std::string out;
    char buffer[16384];
    while (out.size() < bytes) {
      const int got = SSL_read(ssl_, buffer, sizeof buffer);
      if (got <= 0) break;
      out.append(buffer, static_cast<std::size_t>(got));
    }
    return out;
  }
  [[nodiscard]] std::string read_until_end() { return read(SIZE_MAX); }
  [[nodiscard]] bool said_farewell() const { return (SSL_get_shutdown(ssl_) & SSL_RECEIVED_SHUTDOWN) != 0; }

 private:
  int socket_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  SSL_CTX* context_ = nullptr;
  SSL* ssl_ = nullptr;
  bool is_connected_ = false;
};

struct Secure {
  explicit Secure(std::size_t threads = 1) : tls{std::make_shared<http::Tls>(certificate(files))} {
    http::Options options;
    options.tls = tls;
    options.threads = threads;
    fixture = std::make_unique<Fixture>(options);
  }
  Folder folder;
  http::CertificateFiles files = folder.make("first", "1");
  std::shared_ptr<http::Tls> tls;
  std::unique_ptr<Fixture> fixture;
};

const std::string closing = "Connection: close\r\n";

}  // namespace

TEST_CASE("requests are answered through TLS, many on one connection and those sent without waiting") {
  Secure secure;
  TlsClient client{secure.fixture->port, "\x02h2\x08http/1.1"};
  REQUIRE(client.is_connected());
  std::string bytes;
  for (int i = 0; i < 200; ++i) bytes += post("[" + std::to_string(i) + "]");
  client.send(bytes + post("\"last\"", closing));
  const auto all = client.read_until_end();
  std::size_t at = 0;
  for (int i = 0; i < 200; ++i) {
    at = all.find("{\"echo\":[" + std::to_string(i) + "]}", at);
    REQUIRE(at != std::string::npos);
  }
  CHECK(all.find(R"({"echo":"last"})", at) != std::string::npos);
  CHECK(client.said_farewell());
}

TEST_CASE("bodies larger than a record and larger than the socket takes at once go through whole") {
  Secure secure;
  const std::string frame = "[\"" + std::string(3u << 20, 'a') + "\"]";
  TlsClient client{secure.fixture->port};
  client.send(post(frame, closing));
  const auto answer = client.read_until_end();
  CHECK(answer.ends_with("{\"echo\":" + frame + "}"));
}

TEST_CASE("another certificate serves new connections; those that stand stay") {
  Secure secure;
  TlsClient before{secure.fixture->port};
  secure.tls->publish(certificate(secure.folder.make("second", "2")));
  TlsClient after{secure.fixture->port};
  CHECK(before.serial() == 1);
  CHECK(after.serial() == 2);
  before.send(post("1", closing));
  CHECK(before.read_until_end().ends_with(R"({"echo":1})"));
  after.send(post("2", closing));
  CHECK(after.read_until_end().ends_with(R"({"echo":2})"));
}

TEST_CASE("what is no TLS, or speaks only another protocol inside it, is turned away and harms nobody") {
  Secure secure;
  Client plain{secure.fixture->port};
  plain.send(post("1"));
  CHECK(plain.read().status == 0);
  CHECK_FALSE(TlsClient{secure.fixture->port, "\x02h2"}.is_connected());
  TlsClient client{secure.fixture->port};
  client.send(post("3", closing));
  CHECK(client.read_until_end().ends_with(R"({"echo":3})"));
}

TEST_CASE("a certificate that cannot be used is refused by its file") {
  const Folder folder;
  const auto first = folder.make("first", "1");
  const auto second = folder.make("second", "2");
  const auto nowhere = http::Certificate::read({"/nonexistent/cert.pem", first.key});
  REQUIRE_FALSE(nowhere);
  CHECK(nowhere.error().code == ErrorCode::configuration);
  CHECK(nowhere.error().where == "/nonexistent/cert.pem");
  CHECK_FALSE(http::Certificate::read({first.key, first.key}));
  const auto foreign = http::Certificate::read({first.chain, second.key});
  REQUIRE_FALSE(foreign);
  CHECK(foreign.error().where == second.key);
  const auto good = http::Certificate::read(first);
  REQUIRE(good);
  CHECK((*good)->ends_at() > std::chrono::system_clock::now() + std::chrono::hours{29 * 24});
}

// An ERP behind TLS: its certificate must be one that this machine trusts, and for the host that was asked.
#include "bench.hpp"
#include "omie/omie_source.hpp"

#include <tomada/testing/fake_host.hpp>

#include <catch2/catch.hpp>

#include <cstdlib>
#include <iostream>
#include <mutex>
#include <set>

#define CPPHTTPLIB_OPENSSL_SUPPORT
#define CPPHTTPLIB_ZLIB_SUPPORT
#define CPPHTTPLIB_BROTLI_SUPPORT
#include <httplib.h>

using namespace omie_simulator;

namespace {

// A certificate for one name, signed by itself.
struct Certificate {
  Certificate(const Folder& folder, const std::string& name)
      : certificate{folder.path() + "/" + name + ".crt"}, key{folder.path() + "/" + name + ".key"} {
    const std::string command = "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 1" +
                                (" -subj /CN=" + name) + " -addext subjectAltName=DNS:" + name + " -keyout " + key +
                                " -out " + certificate + " 2>/dev/null";
    if (std::system(command.c_str()) != 0) throw std::runtime_error("openssl made no certificate");
  }
  std::string certificate, key;
};

// What this machine trusts while it lives: one certificate.
class Trust final {
 public:
  explicit Trust(const std::string& certificate) {
    ::setenv("SSL_CERT_FILE", certificate.c_str(), 1);  // NOLINT(concurrency-mt-unsafe): before any thread reads it
  }
  ~Trust() { ::unsetenv("SSL_CERT_FILE"); }  // NOLINT(concurrency-mt-unsafe): after the last
  Trust(const Trust&) = delete;
  Trust& operator=(const Trust&) = delete;
};

class Ports final {  // of the clients, one for each connection
 public:
  void note(int port) {
    const std::lock_guard lock{mutex_};
    ports_.insert(port);
  }
  [[nodiscard]] std::size_t count() const {
    const std::lock_guard lock{mutex_};
    return ports_.size();
  }

 private:
  mutable std::mutex mutex_;  // guards ports_
  std::set<int> ports_;
};

class TlsServer final {
 public:
  explicit TlsServer(const Certificate& own) : server_{own.certificate.c_str(), own.key.c_str()} {
    server_.set_keep_alive_max_count(1'000);
    server_.new_task_queue = [] { return new httplib::ThreadPool{16}; };
    server_.Post(".*", [this](const httplib::Request& request, httplib::Response& response) {
      ++requests;
      connections.note(request.remote_port);
      response.set_content(R"({"total_de_paginas":1,"total_de_registros":1,)"
                           R"("empresas_cadastro":[{"razao_social":"AURORA","cnpj":"1"}]})",
                           "application/json");
    });
    port_ = server_.bind_to_any_port("127.0.0.1");
    thread_ = std::thread{[this] { server_.listen_after_bind(); }};
    while (!server_.is_running()) std::this_thread::yield();
  }
  ~TlsServer() {
    server_.stop();
    thread_.join();
  }
  [[nodiscard]] std::string url() const { return "https://localhost:" + std::to_string(port_) + "/api/v1/"; }

  std::atomic<int> requests{0};
  Ports connections;

 private:
  httplib::SSLServer server_;
  int port_ = 0;
  std::thread thread_;
};

// What a tool of the ERP plugin would say; empty: it got its answer.
std::string complaint(Client& client) {
  tomada::testing::FakeHost host;
  host.answer("omie", "geral/empresas/", [&client](const tomada::sdk::HttpRequest&) {
    const auto response = client.fetch(question("ListarEmpresas", "geral/empresas/", "{}", 10s));
    tomada::sdk::HttpResponse out;
    out.status = response ? response->status : 0;
    out.body = response ? response->body : response.error().text();
    return out;
  });
  tomada::erp::Settings settings;
  settings.source = settings.upstream = "omie";
  settings.app_key = "123456789";
  settings.app_secret = secret;
  tomada::erp::omie::OmieSource source{settings, host.host()};
  try {
    const auto name = source.connect({}).company.name;
    return name == "AURORA" ? "" : "another answer: " + name;
  } catch (const tomada::sdk::ToolError& error) {
    return error.what();
  }
}

}  // namespace

TEST_CASE("a certificate of another host is refused with a sentence that says so, and nothing is sent", "[omie]") {
  Folder folder;
  const Certificate ours{folder, "localhost"}, other{folder, "erp.example.com"};
  tomada::SystemClock clock;
  Process process{clock, folder.path()};
  UpstreamOptions options;
  options.kind = "omie";
  SECTION("the right one is accepted") {
    const Trust trust{ours.certificate};
    TlsServer server{ours};
    options.url = server.url();
    CHECK(complaint(*process.client({{"omie", options}})).empty());
    CHECK(server.requests == 1);
  }
  SECTION("another host's, from an authority that is trusted") {
    const Trust trust{other.certificate};
    TlsServer server{other};
    options.url = server.url();
    const auto sentence = complaint(*process.client({{"omie", options}}));
    CHECK_THAT(sentence, Catch::Contains("certificate") && Catch::Contains("localhost") &&
                             Catch::Contains("upstream.omie") && Catch::Contains("ListarEmpresas"));
    CHECK_THAT(sentence, !Catch::Contains(secret));
    CHECK(server.requests == 0);
  }
  SECTION("the right name, from nobody who is trusted") {
    const Trust trust{other.certificate};
    TlsServer server{ours};
    options.url = server.url();
    CHECK_THAT(complaint(*process.client({{"omie", options}})),
               Catch::Contains("certificate") && Catch::Contains("trust"));
    CHECK(server.requests == 0);
  }
}

TEST_CASE("connections are kept and used again: one TLS handshake for as many as ask at once, not for each question",
          "[omie]") {
  Folder folder;
  const Certificate ours{folder, "localhost"};
  const Trust trust{ours.certificate};
  TlsServer server{ours};
  tomada::SystemClock clock;
  Process process{clock, folder.path()};
  UpstreamOptions options;
  options.kind = "omie";
  options.url = server.url();
  const auto client = process.client({{"omie", options}});
  const int rounds = 25, at_once = 4;
  for (int round = 0; round < rounds; ++round) {
    std::vector<Request> requests;
    requests.reserve(at_once);
    for (int i = 0; i < at_once; ++i) requests.push_back(customers(round * at_once + i + 1));
    CHECK(ask_all({client.get()}, requests) == at_once);
  }
  CHECK(server.requests == rounds * at_once);
  CHECK(server.connections.count() <= at_once);
  std::cout << "TLS: " << server.requests << " requests over " << server.connections.count()
            << " connections: " << static_cast<std::size_t>(server.requests) - server.connections.count()
            << " handshakes saved\n";
}

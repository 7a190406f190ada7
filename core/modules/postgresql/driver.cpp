// The module "postgresql": connects without waiting inside libpq, verifies the server's certificate unless it is told
// otherwise, and ends on the server what nobody waits for any more.
#include "core/base/module.hpp"
#include "core/modules/postgresql/session.hpp"
#include "core/modules/postgresql/wire.hpp"

#include <array>
#include <poll.h>
#include <unistd.h>

namespace tomada::postgresql {
namespace {

using sql::Broken;
using Made = boost::system::result<std::unique_ptr<sql::Session>, Trouble>;

constexpr const char* system_certificates = "/etc/ssl/certs/ca-certificates.crt";
constexpr Milliseconds patience_to_cancel{2'000};

bool is_loopback(std::string_view address) { return address.starts_with("127.") || address == "::1"; }

bool has(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

// libpq tells why only in words; those of the server follow its "FATAL:".
Trouble refused(PGconn* connection) {
  auto trouble = cut(connection);
  auto& said = trouble.reason;
  if (const auto place = said.find(" failed: "); said.starts_with("connection to server") && place != std::string::npos)
    said.erase(0, place + 9);  // where it is we know
  const auto fatal = said.find("FATAL:");
  trouble.how = Broken::connect;
  if (fatal != std::string::npos) {
    said.erase(0, said.find_first_not_of(' ', fatal + 6));
    const bool is_login = has(said, "authentication") || has(said, "pg_hba") || has(said, "does not exist") ||
                          has(said, "permission") || has(said, "not permitted");
    if (is_login) trouble.how = Broken::login;
    return trouble;
  }
  if (has(said, "password")) trouble.how = Broken::login;
  if (has(said, "certificate") || has(said, "SSL")) trouble.how = Broken::tls;
  if (has(said, "does not support SSL")) trouble.next_step = "let the server use TLS, or say otherwise with sslmode";
  if (has(said, "Connection refused")) said = "the connection is refused";
  return trouble;
}

class Nobody final : public sql::Receiver {
 public:
  void columns(const std::vector<sql::Column>&) override {}
  bool row(const std::vector<sql::Cell>&) override { return true; }
};

class PostgresqlDriver final : public sql::Driver {
 public:
  explicit PostgresqlDriver(sql::Access access) : access_{std::move(access)} {}

  Made connect(const std::string& address, const Patience& patience) override {
    auto connection = start(address);
    if (!connection) return Trouble{Broken::connect, "no memory is left", {}};
    PQsetNoticeProcessor(
        connection.get(), [](void*, const char*) {}, nullptr);  // else they are printed
    const Wait wait{patience};
    if (auto trouble = shake_hands(connection.get(), wait)) return *trouble;
    PQsetnonblocking(connection.get(), 1);
    const auto cancel = [this, address](int backend) { end_on_server(address, backend); };
    return std::unique_ptr<sql::Session>{std::make_unique<PostgresqlSession>(std::move(connection), cancel)};
  }

 private:
  Connection start(const std::string& address) const {
    const auto port = std::to_string(access_.port);
    const std::string tls = !access_.tls_mode.empty() ? access_.tls_mode
                            : is_loopback(address)    ? "prefer"
                                                      : "verify-full";
    const bool trusts_system = tls.starts_with("verify") && access_.root_certificate.empty();
    const std::string root = trusts_system ? system_certificates : access_.root_certificate;
    const std::array<const char*, 13> names{
        "host",       "hostaddr",        "port",     "dbname",           "user", "password", "sslmode", "sslrootcert",
        "gssencmode", "client_encoding", "passfile", "application_name", nullptr};
    const std::array<const char*, 13> values{access_.host.c_str(),
                                             address.c_str(),
                                             port.c_str(),
                                             access_.database.c_str(),
                                             access_.user.c_str(),
                                             access_.password.c_str(),
                                             tls.c_str(),
                                             root.c_str(),
                                             "disable",
                                             "UTF8",
                                             "/nonexistent/.pgpass",
                                             "tomada",
                                             nullptr};
    return Connection{PQconnectStartParams(names.data(), values.data(), 0)};
  }

  static std::optional<Trouble> shake_hands(PGconn* connection, const Wait& wait) {
    if (PQstatus(connection) == CONNECTION_BAD) return refused(connection);
    for (auto next = PGRES_POLLING_WRITING; next != PGRES_POLLING_OK; next = PQconnectPoll(connection)) {
      if (next == PGRES_POLLING_FAILED) return refused(connection);
      const short events = next == PGRES_POLLING_READING ? POLLIN : POLLOUT;
      if (auto trouble = wait.until_ready(PQsocket(connection), events)) return trouble;
    }
    return std::nullopt;
  }

  // By a statement of its own rather than PQcancel, which waits as long as the server likes, and in the clear.
  void end_on_server(const std::string& address, int backend) {
    auto session = connect(address, {patience_to_cancel, {}});
    Nobody nobody;
    if (session)
      (void)(*session)->ask({"SELECT pg_cancel_backend($1)", {{sql::Kind::integer, std::to_string(backend)}}}, nobody,
                            {patience_to_cancel, {}});
  }

  const sql::Access access_;
};

std::unique_ptr<sql::Driver> make_driver(const sql::Access& access) {
  return std::make_unique<PostgresqlDriver>(access);
}

}  // namespace
}  // namespace tomada::postgresql

TOMADA_MODULE(postgresql, tomada::postgresql::make_driver);

#pragma once
// Entrance: who has to show a key, and what health says about it.
#include "core/app/server.hpp"
#include "core/auth/doorkeeper.hpp"
#include "core/auth/key_watch.hpp"
#include "core/auth/tokens.hpp"
#include "core/base/principal.hpp"
#include "core/base/result.hpp"
#include "core/upstream/client.hpp"
#include "transports/http/server.hpp"

#include <memory>
#include <vector>

namespace tomada::app {

inline constexpr const char* key_variable = "TOMADA_API_KEY";

[[nodiscard]] bool wants_credentials(const config::Config& config,
                                     bool is_loopback) noexcept;  // an HTTP listener there
[[nodiscard]] std::vector<auth::ConfiguredKey> configured_keys(const config::Config& config);

class Entrance final {  // of an HTTP listener; the server outlives it
 public:
  [[nodiscard]] static Result<std::unique_ptr<Entrance>> open(Server& server, bool is_loopback);
  // Errors: configuration (TOMADA_API_KEY is no key), system (the state folder's keys cannot be read).
  ~Entrance();

  [[nodiscard]] auth::Doorkeeper* doorkeeper() const noexcept { return doorkeeper_.get(); }  // null: open to all

 private:
  explicit Entrance(Server& server) : server_{server} {}
  [[nodiscard]] Result<void> take_keys();
  [[nodiscard]] Result<void> take_tokens(const config::OAuth& oauth);

  Server& server_;
  std::unique_ptr<upstream::Client> issuer_;  // null, like the two below: no access tokens
  std::unique_ptr<auth::IssuerKeys> issuer_keys_;
  std::unique_ptr<auth::Tokens> tokens_;
  std::unique_ptr<auth::Doorkeeper> doorkeeper_;
  std::unique_ptr<auth::KeyWatch> watch_, issuer_watch_;
};

[[nodiscard]] std::vector<http::Route> metadata_routes(const config::Config& config);
// RFC 9728, at the origin and below it for /mcp; none without an authorisation server.

[[nodiscard]] Result<std::shared_ptr<const Principal>> stdio_principal(Server& server);
// The holder of the key in TOMADA_API_KEY; without one the local principal, unless the configuration requires a key.
// Errors: unauthorised, system (the state folder's keys cannot be read).

}  // namespace tomada::app

#pragma once
// Client: the only way out. Named upstreams, pooled connections, limits shared by every process of the state folder,
// responses kept for the upstream's redundancy window, one flight per request.
#include "core/base/clock.hpp"
#include "core/base/result.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

namespace tomada::upstream {

struct Request {
  std::string upstream;  // configured name
  std::string http_method = "POST";
  std::string path;  // relative to the upstream's URL, e.g. "geral/clientes/"
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  std::string account;    // whose quota it spends; hashed before it is used in a key, never logged
  std::string method;     // what limits are counted by, e.g. "ListarClientes"
  std::string cache_key;  // canonical parameters without credentials; empty: never shared
  bool is_idempotent = false;
  bool wants_fresh = false;    // a new look if the window allows one
  bool is_background = false;  // goes when nobody else waits, and leaves a quarter of the limits to the others
  std::optional<SteadyTime> deadline;
  std::stop_token stop;
  std::string traceparent;
};

struct Response {
  int status = 0;
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
  bool is_shared = false;  // from the response cache
  WallTime read_at{};      // when the upstream answered
  Milliseconds age{0};
  std::optional<Milliseconds> refresh_in;  // when a new look is possible, if not now
};

// Tells whether a response counts as a failure, may be kept, and what the upstream asked for. The ERP's own rules
// (Omie: a fault inside 200, "Aguarde N segundos", 425) are given by the connector's side as a judge by kind.
struct Judgement {
  bool is_failure = false;
  bool may_keep = true;
  bool may_retry = false;
  std::optional<Milliseconds> wait;       // do not ask this method again before
  std::optional<Milliseconds> block;      // the account is blocked for so long
  bool is_wait_for_this_request = false;  // the wait concerns this very request, other ones of its method may go on
  bool is_outage = false;                 // the upstream itself is in trouble: counts for the circuit breaker
  bool was_accepted = false;  // the upstream did the work, and its window has begun, though nothing useful came
  std::string code;           // of the failure, e.g. "SOAP-ENV:Client-103"; no text of the caller's
  std::string problem;        // not empty: the response is useless to the caller, who hears this instead
  std::string next_step;      // goes with the problem
};
using Judge = std::function<Judgement(const Request&, const Response&)>;

class Client {
 public:
  virtual ~Client() = default;
  [[nodiscard]] virtual Result<Response> fetch(const Request& request) = 0;
  // Blocks. Errors: not_found (no such upstream), busy (limit not free before the deadline; hint has the seconds),
  // timeout, cancelled, unreachable (connect, TLS, cut, blocked).
};

}  // namespace tomada::upstream

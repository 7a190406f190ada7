#pragma once
// Options: what the configuration says about named upstreams, and how a Client is made from it.
#include "core/base/clock.hpp"
#include "core/base/result.hpp"
#include "core/health/health.hpp"
#include "core/log/log.hpp"
#include "core/metrics/metrics.hpp"
#include "core/upstream/client.hpp"

#include <map>
#include <memory>
#include <string>

namespace tomada::upstream {

struct MethodLimit {
  std::size_t max_concurrent = 0;  // 0: as the upstream
  std::size_t per_minute = 0;      // 0: as the upstream
};

struct UpstreamOptions {
  std::string url;                   // scheme://host[:port]/path/, without credentials
  std::string kind;                  // "omie": the ERP's own rules and limits; empty: plain HTTP
  std::size_t max_concurrent = 4;    // per account and method, over all processes of the state folder
  std::size_t per_minute = 0;        // per account and method; 0: unlimited. Nine tenths of it are used.
  std::size_t per_minute_total = 0;  // over all accounts and methods; 0: unlimited
  std::map<std::string, MethodLimit> methods;
  Milliseconds connect_timeout{3'000};
  Milliseconds timeout{30'000};     // hard total of one exchange
  Milliseconds response_window{0};  // how long an answer is shared; 0: not at all (Omie: 60 s)
  std::size_t retries = 2;          // of idempotent requests
  bool allow_private = true;        // may its address be loopback, private or link-local

  std::size_t breaker_failures = 5;    // outages in a row that open the circuit breaker; 0: never
  Milliseconds breaker_pause{10'000};  // first pause; doubles with each failed probe, at most eight times as long
  std::size_t fault_limit = 0;         // faults in a row of one account and method that stop it; 0: never (Omie: 7)
  Milliseconds fault_pause{60'000};    // first pause after those; doubles with each further fault, at most 30 minutes
  Milliseconds rate_window{60'000};    // what "minute" means in the limits above
  Milliseconds release_margin{20};     // the upstream counts a request until it has written its answer
};

struct Surroundings {
  const Clock& clock;
  log::Logger& log;
  metrics::Registry& metrics;
  health::Board& health;
  std::string state_folder;  // exists; limits/ and responses/ are made below it, 0700
};

[[nodiscard]] Result<std::unique_ptr<Client>> make_client(const std::map<std::string, UpstreamOptions>& upstreams,
                                                          Surroundings with);
// Errors: configuration (an upstream's URL or kind; where = "upstream.NAME.url"), system (the state folder).
// Ignores SIGPIPE for the process: a cut connection must be an error, not an end.

}  // namespace tomada::upstream

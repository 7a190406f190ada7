#pragma once
// Databases: the upstreams that are databases. One read-only statement at a time, through the same limits, breaker and
// health as every other way out.
#include "core/base/clock.hpp"
#include "core/base/result.hpp"
#include "core/sql/driver.hpp"
#include "core/sql/place.hpp"
#include "core/sql/table.hpp"
#include "core/upstream/options.hpp"

#include <map>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>

namespace tomada::sql {

struct Options {
  std::string url;  // see place.hpp
  std::string user, password;
  std::size_t max_concurrent = 4;  // statements at once, over all processes of the state folder
  Milliseconds connect_timeout{3'000};
  Milliseconds timeout{30'000};  // of one statement
  bool allow_private = true;     // may its address be loopback, private or link-local

  std::size_t breaker_failures = 5;  // outages in a row that open the circuit breaker; 0: never
  Milliseconds breaker_pause{10'000};
};

struct Question {
  std::string upstream;  // configured name
  Statement statement;
  Bounds bounds;
  std::optional<SteadyTime> deadline;
  std::stop_token stop;
};

struct Answer {
  Table table;
  Dialect dialect = Dialect::sqlite;
};

class Databases {
 public:
  virtual ~Databases() = default;
  [[nodiscard]] virtual bool knows(std::string_view upstream) const = 0;
  [[nodiscard]] virtual Result<Answer> ask(const Question& question) = 0;
  // Blocks. Errors: not_found (no such database), invalid_argument (the statement, or too much of an answer), busy,
  // timeout, cancelled, unreachable (also: it does not let the user in), system (its module is not there).
};

// modules: the folder of the optional parts, for what is not SQLite. Errors: configuration (a URL; where =
// "upstream.NAME.url"), system (the state folder). A module that is missing is the health's and the question's to tell.
[[nodiscard]] Result<std::unique_ptr<Databases>> open_databases(const std::map<std::string, Options>& databases,
                                                                const std::string& modules,
                                                                const upstream::Surroundings& with);

[[nodiscard]] Result<void> reach(const Options& options, const std::string& modules, Milliseconds at_most);
// Logs in and asks for nothing but 1. Errors: unreachable with the reason, configuration (the URL), system (module).

}  // namespace tomada::sql

#pragma once
// Wire: waits on a connection's socket, until it is ready, the time is over or the caller gives up.
#include "core/base/descriptor.hpp"
#include "core/sql/driver.hpp"

#include <libpq-fe.h>
#include <memory>
#include <optional>
#include <stop_token>

namespace tomada::postgresql {

using sql::Patience;
using sql::Trouble;

struct CloseConnection {
  void operator()(PGconn* connection) const noexcept { PQfinish(connection); }
};
struct ClearResult {
  void operator()(PGresult* result) const noexcept { PQclear(result); }
};
using Connection = std::unique_ptr<PGconn, CloseConnection>;
using ResultPtr = std::unique_ptr<PGresult, ClearResult>;

// The time and the stop token of one piece of work.
class Wait final {
 public:
  explicit Wait(const Patience& patience);

  // None: it is ready for one of these (POLLIN, POLLOUT).
  [[nodiscard]] std::optional<Trouble> until_ready(int socket, short events) const;
  [[nodiscard]] Milliseconds left() const;

 private:
  struct Wake {
    int descriptor;
    void operator()() const noexcept;
  };
  const SteadyTime until_;
  const Descriptor wake_;  // an eventfd, readable once the caller gave up
  std::stop_callback<Wake> on_stop_;
};

[[nodiscard]] Trouble cut(PGconn* connection);  // with libpq's own words

}  // namespace tomada::postgresql

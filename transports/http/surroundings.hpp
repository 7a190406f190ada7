#pragma once
// Surroundings: what the connections of one I/O thread share; only that thread touches it after the start.
#include "core/base/principal.hpp"
#include "core/session/receiver.hpp"
#include "transports/http/census.hpp"
#include "transports/http/gzip.hpp"
#include "transports/http/mailbox.hpp"
#include "transports/http/router.hpp"
#include "transports/http/server.hpp"
#include "transports/http/tally.hpp"

#include <memory>
#include <thread>
#include <unordered_set>

namespace tomada::http {

struct Surroundings {
  const Options& options;
  const Router& router;
  session::Receiver* receiver;  // null: routes only
  std::shared_ptr<const Principal> principal;
  Census& census;
  Tally tally;
  std::shared_ptr<Mailbox> mailbox;
  Gzip gzip{};
  std::thread::id thread{};
  SteadyTime now{};  // as of the last sweep: close enough for timeouts, and free
  bool is_draining = false;
  std::unordered_set<std::shared_ptr<Connection>> connections{};
};

}  // namespace tomada::http

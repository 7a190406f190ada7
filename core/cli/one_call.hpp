#pragma once
// One call of a tool in this process, without a client.
#include "core/app/server.hpp"
#include "core/registry/call.hpp"

#include <future>
#include <memory>
#include <string>

namespace tomada::cli {

struct Question {
  std::string tool;
  json::object arguments;
  std::shared_ptr<const Principal> principal;
  std::optional<SteadyTime> deadline;  // the server's own holds too
};

[[nodiscard]] std::future<registry::Outcome> ask(app::Server& server, Question question);

}  // namespace tomada::cli

#include "core/cli/one_call.hpp"

#include "core/base/id.hpp"

#include <utility>

namespace tomada::cli {
namespace {

using registry::Outcome;

class Waiting final : public registry::Listener {
 public:
  explicit Waiting(std::promise<Outcome> outcome) : outcome_{std::move(outcome)} {}
  void progressed(const registry::Progress&) override {}
  void logged(int, std::string_view) override {}
  void finished(const Outcome& outcome) override { outcome_.set_value(outcome); }

 private:
  std::promise<Outcome> outcome_;
};

}  // namespace

std::future<Outcome> ask(app::Server& server, Question question) {
  const auto arguments = std::make_shared<json::value>(std::move(question.arguments));
  registry::CallRequest request;
  request.tool = std::move(question.tool);
  request.storage = arguments;
  request.arguments = arguments.get();
  request.principal = std::move(question.principal);
  request.correlation = random_hex(16);
  request.transport = "cli";
  request.deadline = question.deadline;
  std::promise<Outcome> promise;
  auto out = promise.get_future();
  server.dispatcher().run(
      std::make_shared<registry::Call>(std::move(request), std::make_unique<Waiting>(std::move(promise))));
  return out;
}

}  // namespace tomada::cli

#pragma once
// A tool and a listener that tests can look into.
#include "core/dispatch/dispatcher.hpp"
#include "core/json/reader.hpp"
#include "core/registry/tool.hpp"

#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace tomada::test {

class ScriptedTool final : public registry::Tool {
 public:
  using Work = std::function<void(std::shared_ptr<registry::Call>)>;
  ScriptedTool(registry::ToolDescription description, Work work, std::string_view input = "{}")
      : description_{std::move(description)},
        input_{schema::Schema::compile(json::read(input).value()).value()},
        work_{std::move(work)} {}

  [[nodiscard]] const registry::ToolDescription& description() const noexcept override { return description_; }
  [[nodiscard]] const schema::Schema& input() const noexcept override { return input_; }
  [[nodiscard]] const schema::Schema* output() const noexcept override { return nullptr; }
  void start(std::shared_ptr<registry::Call> call) override {
    ++starts;
    work_(std::move(call));
  }

  std::atomic<int> starts{0};

 private:
  registry::ToolDescription description_;
  schema::Schema input_;
  Work work_;
};

using Heard = std::vector<registry::Outcome>;

class Recorder final : public registry::Listener {
 public:
  explicit Recorder(std::shared_ptr<Heard> heard) : heard_{std::move(heard)} {}
  void progressed(const registry::Progress&) override {}
  void logged(int, std::string_view) override {}
  void finished(const registry::Outcome& outcome) override { heard_->push_back(outcome); }

 private:
  std::shared_ptr<Heard> heard_;
};

struct Asked {
  std::shared_ptr<Heard> heard = std::make_shared<Heard>();
  std::shared_ptr<registry::Call> call;
};

inline Asked ask(std::string tool, std::string_view arguments = "{}", Principal principal = {}) {
  Asked asked;
  registry::CallRequest request;
  request.tool = std::move(tool);
  auto held = std::make_shared<json::value>(json::read(arguments).value());
  request.arguments = held.get();
  request.storage = held;
  request.principal = std::make_shared<Principal>(std::move(principal));
  asked.call = std::make_shared<registry::Call>(std::move(request), std::make_unique<Recorder>(asked.heard));
  return asked;
}

inline registry::Outcome answer(std::string structured) {
  registry::Outcome out;
  out.kind = registry::OutcomeKind::result;
  out.structured = std::move(structured);
  return out;
}

inline std::shared_ptr<const registry::Catalogue> catalogue(std::vector<std::shared_ptr<registry::Tool>> tools) {
  return std::make_shared<registry::Catalogue>(registry::Catalogue::of(std::move(tools)).value());
}

}  // namespace tomada::test

#pragma once
// Plugin: a plugin linked into the test, loaded on a FakeHost and called through its real C tables.
#include <tomada/testing/fake_host.hpp>

#include <condition_variable>
#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tomada::testing {

struct CallOptions {
  std::string principal = R"({"subject":"tester","tenant":"default","roles":[]})";
  std::string answers;  // JSON object, as after TOMADA_NEEDS_INPUT
  std::string state;
  bool is_cancelled = false;
  std::int64_t deadline_ms = 0;
};

struct Outcome {
  tomada_outcome kind = TOMADA_TOOL_ERROR;
  json::value structured;
  json::array content;
  json::object meta, requests;
  std::string message, state, source;
  std::int64_t age_ms = 0, refresh_in_ms = 0, read_at_ms = 0;
  bool is_copy = false;
  std::vector<std::string> progress;  // its messages
  std::vector<std::string> log;

  [[nodiscard]] bool is_result() const noexcept { return kind == TOMADA_RESULT; }
  [[nodiscard]] std::string text() const {  // of the first content block
    return content.empty() ? std::string{} : std::string{content.front().at("text").get_string().c_str()};
  }
};

class Plugin {
 public:
  explicit Plugin(FakeHost& host, const tomada_plugin& entry = TOMADA_PLUGIN_ENTRY) : entry_{entry} {
    std::string reason;
    instance_ = entry.load(&host.raw(), &reason, sdk::append);
    if (!instance_) throw std::runtime_error("load refused: " + reason);
    table_ = static_cast<const tomada_tools*>(entry.extension(instance_, TOMADA_TOOLS));
  }
  ~Plugin() { entry_.unload(instance_); }
  Plugin(const Plugin&) = delete;
  Plugin& operator=(const Plugin&) = delete;

  [[nodiscard]] std::vector<std::string> tools() const {
    std::vector<std::string> names;
    for (std::uint32_t i = 0; table_ && i < table_->count; ++i) names.emplace_back(table_->list[i]->name);
    return names;
  }
  [[nodiscard]] json::object health() const {  // empty: the plugin has no such table
    std::string report;
    const auto* table = static_cast<const tomada_health*>(entry_.extension(instance_, TOMADA_HEALTH));
    if (table) table->report(instance_, &report, sdk::append);
    return sdk::detail::to_object(report);
  }
  // Waits until the tool has finished, also when it finishes on another thread.
  [[nodiscard]] Outcome run(std::string_view tool, const json::object& arguments = {},
                            const CallOptions& options = {}) const {
    Flight flight;
    const auto text = sdk::write(arguments);
    flight.is_cancelled = options.is_cancelled;
    flight.tool = index(tool);
    flight.arguments = sdk::text(text);
    flight.answers = sdk::text(options.answers);
    flight.state = sdk::text(options.state);
    flight.principal = sdk::text(options.principal);
    flight.deadline_ms = options.deadline_ms;
    table_->call(instance_, &flight);
    std::unique_lock lock{flight.mutex};
    flight.finished.wait(lock, [&flight] { return flight.finishes > 0; });
    if (flight.finishes > 1) throw std::logic_error("the tool finished its call more than once");
    return std::move(flight.outcome);
  }

 private:
  struct Flight : tomada_call {
    Flight()
        : tomada_call{sizeof(tomada_call),
                      0,
                      {},
                      {},
                      {},
                      {},
                      {"0123456789abcdef0123456789abcdef", 32},
                      0,
                      &Plugin::finish,
                      &Plugin::progress,
                      &Plugin::cancelled,
                      &Plugin::on_cancel,
                      &Plugin::log} {}
    bool is_cancelled = false;
    std::mutex mutex;  // guards the three below
    std::condition_variable finished;
    int finishes = 0;
    Outcome outcome;
  };

  static Flight& of(const tomada_call* call) { return *static_cast<Flight*>(const_cast<tomada_call*>(call)); }

  static void finish(tomada_call* call, const tomada_answer* from) {
    auto& flight = of(call);
    const std::lock_guard lock{flight.mutex};
    auto& out = flight.outcome;
    out.kind = from->outcome;
    if (from->structured.size) out.structured = sdk::read_json(sdk::view(from->structured));
    if (from->content.size) out.content = sdk::read_json(sdk::view(from->content)).as_array();
    out.meta = sdk::detail::to_object(sdk::view(from->meta));
    out.requests = sdk::detail::to_object(sdk::view(from->requests));
    out.message = sdk::view(from->message);
    out.state = sdk::view(from->state);
    out.source = sdk::view(from->source);
    out.age_ms = from->age_ms;
    out.refresh_in_ms = from->refresh_in_ms;
    out.read_at_ms = from->read_at_ms;
    out.is_copy = from->flags & TOMADA_ANSWER_COPY;
    ++flight.finishes;
    flight.finished.notify_all();
  }
  static void progress(tomada_call* call, double, double, tomada_text message) {
    const std::lock_guard lock{of(call).mutex};
    of(call).outcome.progress.emplace_back(sdk::view(message));
  }
  static bool cancelled(const tomada_call* call) { return of(call).is_cancelled; }
  static void on_cancel(tomada_call* call, void (*wake)(void*), void* context) {
    if (of(call).is_cancelled) wake(context);
  }
  static void log(tomada_call* call, tomada_log_level, tomada_text message) {
    const std::lock_guard lock{of(call).mutex};
    of(call).outcome.log.emplace_back(sdk::view(message));
  }

  [[nodiscard]] std::uint32_t index(std::string_view tool) const {
    for (std::uint32_t i = 0; table_ && i < table_->count; ++i) {
      if (tool == table_->list[i]->name) return i;
    }
    throw std::invalid_argument("this plugin has no tool \"" + std::string(tool) + "\"");
  }

  const tomada_plugin& entry_;
  void* instance_ = nullptr;
  const tomada_tools* table_ = nullptr;
};

[[nodiscard]] inline Outcome run(const Plugin& plugin, std::string_view tool, const json::object& arguments = {},
                                 const CallOptions& options = {}) {
  return plugin.run(tool, arguments, options);
}

}  // namespace tomada::testing

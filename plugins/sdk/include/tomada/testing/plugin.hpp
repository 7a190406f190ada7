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
  std::string capabilities = "{}";  // the client's, as MCP's ClientCapabilities
  bool is_cancelled = false;
  bool knows_tasks = false;  // what become_task() answers
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
  bool is_private = false;
  bool is_task = false;               // it asked to become one, and might
  std::vector<std::string> progress;  // its messages
  std::vector<std::string> log;
  bool has_hung_up = false;

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
    table_ = find<tomada_tools>(TOMADA_TOOLS);
    prompts_ = find<tomada_prompts>(TOMADA_PROMPTS);
    resources_ = find<tomada_resources>(TOMADA_RESOURCES);
    completions_ = find<tomada_completions>(TOMADA_COMPLETIONS);
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
    return fly(table_->call, index(tool), arguments, options);
  }
  [[nodiscard]] Outcome get(std::string_view prompt, const json::object& arguments = {},
                            const CallOptions& options = {}) const {
    return fly(prompts_->get, place(prompts_, prompt), arguments, options);
  }
  // resource: as its plugin names it, a template by its text; variables: what a template's URI holds.
  [[nodiscard]] Outcome read(std::string_view resource, std::string_view uri, const json::object& variables = {},
                             const CallOptions& options = {}) const {
    json::object arguments{{"uri", json::string_view{uri.data(), uri.size()}}};
    if (!variables.empty()) arguments["variables"] = variables;
    return fly(resources_->read, place(resources_, resource), arguments, options);
  }
  // What is proposed for an argument of a prompt.
  [[nodiscard]] Outcome complete(std::string_view prompt, const char* argument, const char* typed,
                                 const json::object& chosen = {}) const {
    const auto number = place(prompts_, prompt);
    return fly(completions_->complete_prompt, number, {{"argument", argument}, {"value", typed}, {"chosen", chosen}},
               {});
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
                      &Plugin::log,
                      &Plugin::capabilities,
                      &Plugin::hang_up,
                      &Plugin::become_task} {}
    bool is_cancelled = false;
    bool knows_tasks = false;
    std::string declared;  // the client's capabilities
    std::mutex mutex;      // guards the three below
    std::condition_variable finished;
    int finishes = 0;
    Outcome outcome;
  };

  [[nodiscard]] Outcome fly(void (*enter)(void*, tomada_call*), std::uint32_t number, const json::object& arguments,
                            const CallOptions& options) const {
    Flight flight;
    const auto text = sdk::write(arguments);
    flight.is_cancelled = options.is_cancelled;
    flight.knows_tasks = options.knows_tasks;
    flight.declared = options.capabilities;
    flight.tool = number;
    flight.arguments = sdk::text(text);
    flight.answers = sdk::text(options.answers);
    flight.state = sdk::text(options.state);
    flight.principal = sdk::text(options.principal);
    flight.deadline_ms = options.deadline_ms;
    enter(instance_, &flight);
    std::unique_lock lock{flight.mutex};
    flight.finished.wait(lock, [&flight] { return flight.finishes > 0; });
    if (flight.finishes > 1) throw std::logic_error("the tool finished its call more than once");
    return std::move(flight.outcome);
  }

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
    out.is_private = from->flags & TOMADA_ANSWER_PRIVATE;
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

  static bool become_task(tomada_call* call) {
    const std::lock_guard lock{of(call).mutex};
    of(call).outcome.is_task = of(call).knows_tasks;
    return of(call).knows_tasks;
  }
  static void capabilities(const tomada_call* call, void* context, tomada_sink json) {
    json(context, sdk::text(of(call).declared));
  }

  static void hang_up(tomada_call* call) {
    const std::lock_guard lock{of(call).mutex};
    of(call).outcome.has_hung_up = true;
  }

  static const char* name_of(const tomada_tool& item) { return item.name; }
  static const char* name_of(const tomada_prompt& item) { return item.name; }
  static const char* name_of(const tomada_resource& item) { return item.uri; }

  template <class Table>
  [[nodiscard]] static std::uint32_t place(const Table* table, std::string_view name) {
    for (std::uint32_t i = 0; table && i < table->count; ++i) {
      if (name == name_of(*table->list[i])) return i;
    }
    throw std::invalid_argument("this plugin has no \"" + std::string(name) + "\"");
  }
  [[nodiscard]] std::uint32_t index(std::string_view tool) const { return place(table_, tool); }

  template <class Table>
  [[nodiscard]] const Table* find(const char* id) const {
    return static_cast<const Table*>(entry_.extension(instance_, id));
  }

  const tomada_plugin& entry_;
  void* instance_ = nullptr;
  const tomada_tools* table_ = nullptr;
  const tomada_prompts* prompts_ = nullptr;
  const tomada_resources* resources_ = nullptr;
  const tomada_completions* completions_ = nullptr;
};

[[nodiscard]] inline Outcome run(const Plugin& plugin, std::string_view tool, const json::object& arguments = {},
                                 const CallOptions& options = {}) {
  return plugin.run(tool, arguments, options);
}

}  // namespace tomada::testing

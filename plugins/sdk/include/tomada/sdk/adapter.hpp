#pragma once
// Adapter: one plugin class behind the C tables. Every exception stops here.
#include <tomada/health.h>
#include <tomada/sdk/host.hpp>
#include <tomada/sdk/tool.hpp>

#include <concepts>
#include <exception>
#include <string>
#include <string_view>
#include <vector>

namespace tomada::sdk {

namespace detail {

[[nodiscard]] inline std::string_view default_message(tomada_outcome outcome) noexcept {
  if (outcome == TOMADA_CANCELLED) return "the call was cancelled";
  if (outcome == TOMADA_INVALID_PARAMS) return "these arguments make no sense together; the tool does not say why";
  return "the tool failed without saying why; its author should look";
}

inline void finish(tomada_call& call, tomada_outcome outcome, std::string_view message) noexcept {
  tomada_answer answer{};
  answer.size = sizeof answer;
  answer.outcome = outcome;
  answer.message = text(message.empty() ? default_message(outcome) : message);
  call.finish(&call, &answer);
}

// An exception that names no reader is a bug: its words are for whoever reads the log, and may name files and secrets.
inline void finish_broken(tomada_call& call, const char* what) {
  call.log(&call, TOMADA_ERROR, text("the tool threw: " + std::string{what}));
  finish(call, TOMADA_TOOL_ERROR,
         "the tool failed inside; try again, or give the operator " + std::string{view(call.correlation)} +
             ": the server's log has the reason under it");
}

inline void finish(tomada_call& call, const NeedsInput& needs) {
  const auto requests = json::serialize(needs.requests);
  tomada_answer answer{};
  answer.size = sizeof answer;
  answer.outcome = TOMADA_NEEDS_INPUT;
  answer.requests = text(requests);
  answer.state = text(needs.state);
  call.finish(&call, &answer);
}

inline void finish(tomada_call& call, Answer& from) {
  if (from.content.empty() && !from.text.empty()) {
    from.content.push_back(json::object{{"type", "text"}, {"text", from.text}});
  }
  std::string structured, content, meta;
  if (!from.structured.is_null()) write(structured, from.structured);
  if (!from.content.empty()) write(content, from.content);
  if (!from.meta.empty()) write(meta, from.meta);
  tomada_answer answer{};
  answer.size = sizeof answer;
  answer.outcome = TOMADA_RESULT;
  answer.structured = text(from.structured_text.empty() ? structured : from.structured_text);
  answer.content = text(content);
  answer.meta = text(meta);
  answer.source = text(from.source);
  answer.age_ms = from.age_ms;
  answer.refresh_in_ms = from.refresh_in_ms;
  answer.read_at_ms = from.read_at_ms;
  answer.flags = from.is_copy ? std::uint32_t{TOMADA_ANSWER_COPY} : 0u;
  call.finish(&call, &answer);
}

template <class Plugin>
concept ReportsHealth = requires(const Plugin& plugin) {
  { plugin.health() } -> std::convertible_to<json::object>;
};

}  // namespace detail

template <class Plugin, class Tools>
class Adapter {
 public:
  [[nodiscard]] static constexpr tomada_plugin entry(const char* id, const char* version) noexcept {
    return {sizeof(tomada_plugin), TOMADA_ABI_MAJOR, TOMADA_ABI_MINOR,   id, version,
            &Adapter::load,        &Adapter::unload, &Adapter::extension};
  }

 private:
  explicit Adapter(const tomada_host& host) : plugin_(Host{host}), tools_{Tools::of(plugin_)} {
    for (const auto& tool : tools_) {
      faces_.push_back({sizeof(tomada_tool), tool.flags, tool.name.c_str(), tool.definition.c_str()});
    }
    for (const auto& face : faces_) list_.push_back(&face);
    table_ = {sizeof table_, static_cast<std::uint32_t>(list_.size()), list_.data(), &Adapter::call};
  }

  static void* load(const tomada_host* host, void* context, tomada_sink error) noexcept {
    try {
      return new Adapter(*host);
    } catch (const std::exception& exception) {
      error(context, text(exception.what()));
    } catch (...) {
      error(context, text("the plugin's constructor threw something that is no std::exception"));
    }
    return nullptr;
  }

  static void unload(void* self) noexcept { delete static_cast<Adapter*>(self); }

  static const void* extension(void* self, const char* id) noexcept {
    if (std::string_view{id} == TOMADA_TOOLS) return &static_cast<Adapter*>(self)->table_;
    if constexpr (detail::ReportsHealth<Plugin>) {
      static constexpr tomada_health health{sizeof(tomada_health), &Adapter::health};
      if (std::string_view{id} == TOMADA_HEALTH) return &health;
    }
    return nullptr;
  }

  static void health(void* self, void* context, tomada_sink out) noexcept {
    try {
      const auto report = static_cast<const Adapter*>(self)->report();
      out(context, text(report));
    } catch (...) {
      out(context, text(R"({"status":"unhealthy","reason":"its health report failed without saying why"})"));
    }
  }

  [[nodiscard]] std::string report() const {
    try {
      return write(json::value(plugin_.health()));
    } catch (const std::exception& exception) {
      return write(json::object{{"status", "unhealthy"}, {"reason", exception.what()}});
    }
  }

  static void call(void* self, tomada_call* raw) noexcept {
    try {
      static_cast<Adapter*>(self)->serve(*raw);
    } catch (...) {
      detail::finish(*raw, TOMADA_TOOL_ERROR, {});
    }
  }

  void serve(tomada_call& raw) {
    try {
      run(raw);
    } catch (const NeedsInput& needs) {
      detail::finish(raw, needs);
    } catch (const Cancelled&) {
      detail::finish(raw, TOMADA_CANCELLED, {});
    } catch (const InvalidParams& error) {
      detail::finish(raw, TOMADA_INVALID_PARAMS, error.what());
    } catch (const ToolError& error) {
      detail::finish(raw, TOMADA_TOOL_ERROR, error.what());
    } catch (const std::exception& error) {
      detail::finish_broken(raw, error.what());
    }
  }

  void run(tomada_call& raw) {
    unsigned char buffer[4096];
    json::monotonic_resource arena(buffer);
    const auto arguments = read_json(view(raw.arguments), &arena);
    Call call{raw};
    auto answer = tools_[raw.tool].run(plugin_, arguments.as_object(), call);
    detail::finish(raw, answer);
  }

  Plugin plugin_;
  std::vector<Tool<Plugin>> tools_;
  std::vector<tomada_tool> faces_;
  std::vector<const tomada_tool*> list_;
  tomada_tools table_{};
};

}  // namespace tomada::sdk

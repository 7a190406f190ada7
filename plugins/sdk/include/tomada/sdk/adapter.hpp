#pragma once
// Adapter: one plugin class behind the C tables. Every exception stops here.
#include <tomada/health.h>
#include <tomada/sdk/faces.hpp>
#include <tomada/sdk/host.hpp>
#include <tomada/sdk/library.hpp>
#include <tomada/sdk/serving.hpp>
#include <tomada/sdk/tool.hpp>

#include <concepts>
#include <exception>
#include <string>
#include <string_view>
#include <vector>

namespace tomada::sdk {

namespace detail {

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
    for (const auto& tool : tools_) faces_.add(tool.flags, tool.name.c_str(), tool.definition.c_str());
    table_ = {sizeof table_, faces_.count(), faces_.list(), &Adapter::call};
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
    if (std::string_view{id} == TOMADA_TOOLS) return &of(self).table_;
    if (const auto* table = of(self).library_.table(id)) return table;
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

  static Adapter& of(void* self) noexcept { return *static_cast<Adapter*>(self); }

  static constexpr detail::LibraryEntries library_entries() noexcept {
    return {[](void* self, tomada_call* raw) { of(self).library_.get_prompt(*raw); },
            [](void* self, tomada_call* raw) { of(self).library_.read_resource(*raw); },
            {sizeof(tomada_completions), 0,
             [](void* self, std::uint32_t index) { return of(self).library_.completes_prompt(index); },
             [](void* self, std::uint32_t index) { return of(self).library_.completes_resource(index); },
             [](void* self, tomada_call* raw) { of(self).library_.complete_prompt(*raw); },
             [](void* self, tomada_call* raw) { of(self).library_.complete_resource(*raw); }}};
  }

  static void call(void* self, tomada_call* raw) noexcept {
    const auto& tool = of(self).tools_[raw->tool];
    detail::serve(
        *raw, [&](const json::object& arguments, Call& call) { return tool.run(of(self).plugin_, arguments, call); });
  }

  Plugin plugin_;
  std::vector<Tool<Plugin>> tools_;
  detail::Faces<tomada_tool> faces_;
  tomada_tools table_{};
  detail::Library<Plugin> library_{plugin_, library_entries()};
};

}  // namespace tomada::sdk

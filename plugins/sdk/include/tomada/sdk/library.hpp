#pragma once
// Library: a plugin's prompts and resources behind their C tables. The plugin class names them in
// `std::vector<Prompt<Class>> prompts()` and `std::vector<Resource<Class>> resources()`, asked once after construction.
#include <tomada/completions.h>
#include <tomada/prompts.h>
#include <tomada/resources.h>
#include <tomada/sdk/faces.hpp>
#include <tomada/sdk/prompt.hpp>
#include <tomada/sdk/resource.hpp>
#include <tomada/sdk/serving.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace tomada::sdk::detail {

template <class Plugin>
[[nodiscard]] std::vector<Prompt<Plugin>> prompts_of(Plugin& plugin) {
  if constexpr (requires { plugin.prompts(); }) return plugin.prompts();
  return {};
}

template <class Plugin>
[[nodiscard]] std::vector<Resource<Plugin>> resources_of(Plugin& plugin) {
  if constexpr (requires { plugin.resources(); }) return plugin.resources();
  return {};
}

[[nodiscard]] inline std::string text_in(const json::object& from, const char* name) {
  const auto* found = from.if_contains(name);
  return found && found->is_string() ? std::string{found->get_string().c_str()} : std::string{};
}
[[nodiscard]] inline json::object object_in(const json::object& from, const char* name) {
  const auto* found = from.if_contains(name);
  return found && found->is_object() ? found->get_object() : json::object{};
}

struct LibraryEntries {  // the C functions; each leads to the member of the same name
  void (*get_prompt)(void* self, tomada_call*);
  void (*read_resource)(void* self, tomada_call*);
  tomada_completions completions;
};

template <class Plugin>
class Library {
 public:
  Library(Plugin& plugin, const LibraryEntries& entries)
      : plugin_{plugin},
        prompts_{prompts_of(plugin)},
        resources_{resources_of(plugin)},
        completions_{entries.completions} {
    for (const auto& one : prompts_) prompt_faces_.add(one.flags, one.name.c_str(), one.definition.c_str());
    for (const auto& one : resources_) resource_faces_.add(one.flags, one.uri.c_str(), one.definition.c_str());
    prompt_table_ = {sizeof prompt_table_, prompt_faces_.count(), prompt_faces_.list(), entries.get_prompt};
    resource_table_ = {sizeof resource_table_, resource_faces_.count(), resource_faces_.list(), entries.read_resource};
  }

  [[nodiscard]] const void* table(std::string_view id) const noexcept {  // null: another one, or nothing in it
    if (id == TOMADA_PROMPTS) return prompts_.empty() ? nullptr : &prompt_table_;
    if (id == TOMADA_RESOURCES) return resources_.empty() ? nullptr : &resource_table_;
    if (id == TOMADA_COMPLETIONS) return prompts_.empty() && resources_.empty() ? nullptr : &completions_;
    return nullptr;
  }

  void get_prompt(tomada_call& raw) noexcept {
    const auto& prompt = prompts_[raw.tool];
    serve(raw, [&](const json::object& arguments, Call& call) {
      return Answer{prompt.get(plugin_, arguments, call).to_json()};
    });
  }
  void read_resource(tomada_call& raw) noexcept {
    const auto& resource = resources_[raw.tool];
    serve(raw, [&](const json::object& arguments, Call& call) {
      const Reading reading{text_in(arguments, "uri"), object_in(arguments, "variables")};
      return Answer{resource.read(plugin_, reading, call).to_json()};
    });
  }
  void complete_prompt(tomada_call& raw) noexcept { complete(prompts_[raw.tool].completers, raw); }
  void complete_resource(tomada_call& raw) noexcept { complete(resources_[raw.tool].completers, raw); }
  [[nodiscard]] bool completes_prompt(std::uint32_t index) const { return !prompts_[index].completers.empty(); }
  [[nodiscard]] bool completes_resource(std::uint32_t index) const { return !resources_[index].completers.empty(); }

 private:
  void complete(const Completers<Plugin>& completers, tomada_call& raw) noexcept {
    serve(raw, [&](const json::object& arguments, Call&) {
      json::array values;
      const auto found = completers.find(text_in(arguments, "argument"));
      if (found != completers.end()) {
        const auto typed = text_in(arguments, "value");
        for (auto& value : found->second(plugin_, typed, object_in(arguments, "chosen"))) values.emplace_back(value);
      }
      return Answer{json::object{{"values", std::move(values)}}};
    });
  }

  Plugin& plugin_;
  std::vector<Prompt<Plugin>> prompts_;
  std::vector<Resource<Plugin>> resources_;
  Faces<tomada_prompt> prompt_faces_;
  Faces<tomada_resource> resource_faces_;
  tomada_prompts prompt_table_{};
  tomada_resources resource_table_{};
  tomada_completions completions_;
};

}  // namespace tomada::sdk::detail

#pragma once
// Tool: a name, a definition and the member function that does the work.
#include <tomada/sdk/answer.hpp>
#include <tomada/sdk/call.hpp>

#include <cstdint>
#include <functional>
#include <string>
#include <utility>

namespace tomada::sdk {

template <class Plugin>
struct Tool {
  std::string name;
  std::string definition;  // JSON text, as schemas/manifest/tool.json has it
  std::function<Answer(Plugin&, const json::object&, Call&)> run;
  std::uint32_t flags = 0;
};

// run: a member function (const json::object& arguments, Call& call) giving an Answer or what converts to one.
template <class Plugin, class Result>
[[nodiscard]] Tool<Plugin> tool(std::string name, std::string definition,
                                Result (Plugin::*run)(const json::object&, Call&), std::uint32_t flags = 0) {
  return {std::move(name), std::move(definition), run, flags};
}
template <class Plugin, class Result>
[[nodiscard]] Tool<Plugin> tool(std::string name, std::string definition,
                                Result (Plugin::*run)(const json::object&, Call&) const, std::uint32_t flags = 0) {
  return {std::move(name), std::move(definition), run, flags};
}

}  // namespace tomada::sdk

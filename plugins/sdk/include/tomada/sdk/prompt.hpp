#pragma once
// Prompt: messages that a person picks by name.
//
//   std::vector<Prompt<Hello>> prompts() { return {prompt("hello_letter", definitions::hello_letter, &Hello::letter)};
//   } Messages letter(const json::object& arguments, Call&) {
//     return Messages{}.user("Write a letter to " + std::string(arguments.at("name").as_string()));
//   }
#include <tomada/sdk/call.hpp>
#include <tomada/sdk/completion.hpp>
#include <tomada/sdk/content.hpp>

#include <cstdint>
#include <functional>
#include <string>
#include <utility>

namespace tomada::sdk {

class Messages {
 public:
  Messages& user(std::string text) { return add("user", text_block(std::move(text))); }
  Messages& user(json::object block) { return add("user", std::move(block)); }
  Messages& assistant(std::string text) { return add("assistant", text_block(std::move(text))); }
  Messages& assistant(json::object block) { return add("assistant", std::move(block)); }
  Messages& describe(std::string description) {
    description_ = std::move(description);
    return *this;
  }

  [[nodiscard]] json::object to_json() const {
    json::object out{{"messages", messages_}};
    if (!description_.empty()) out["description"] = description_;
    return out;
  }

 private:
  Messages& add(const char* role, json::object block) {
    messages_.push_back(json::object{{"role", role}, {"content", std::move(block)}});
    return *this;
  }

  json::array messages_;
  std::string description_;
};

template <class Plugin>
struct Prompt {
  std::string name;
  std::string definition;  // JSON text, as schemas/manifest/prompt.json has it
  std::function<Messages(Plugin&, const json::object&, Call&)> get;
  std::uint32_t flags = 0;  // TOMADA_TOOL_SERIAL, TOMADA_TOOL_INLINE
  Completers<Plugin> completers{};

  [[nodiscard]] Prompt completing(std::string argument, Completer<Plugin> completer) && {
    completers[std::move(argument)] = std::move(completer);
    return std::move(*this);
  }
};

// get: a member function (const json::object& arguments, Call& call) giving Messages. Required arguments are there; all
// are strings. Throw InvalidParams for values that make no sense.
template <class Plugin>
[[nodiscard]] Prompt<Plugin> prompt(std::string name, std::string definition,
                                    Messages (Plugin::*get)(const json::object&, Call&), std::uint32_t flags = 0) {
  return {std::move(name), std::move(definition), get, flags};
}

}  // namespace tomada::sdk

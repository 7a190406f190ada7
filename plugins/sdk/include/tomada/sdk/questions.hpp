#pragma once
// Questions: several things to ask at once, each under its own key. Call::ask() is the short way for one form.
//
//   const auto answers = call.answers(Questions{}.form("name", "Who?", schema).roots("folders"));
#include <tomada/json.hpp>

#include <cstdint>
#include <string>
#include <utility>

namespace tomada::sdk {

class Questions {
 public:
  // A form: schema is an object of flat properties. Answer: {"action": "accept"|"decline"|"cancel", "content"?}.
  Questions& form(const std::string& key, std::string message, json::value schema) {
    json::object params{{"mode", "form"}, {"message", std::move(message)}};
    params["requestedSchema"] = std::move(schema);
    return add(key, "elicitation/create", std::move(params));
  }
  // An address that the person opens, for what no form may ask. Answer: {"action"}.
  Questions& visit(const std::string& key, std::string message, std::string url) {
    return add(key, "elicitation/create", {{"mode", "url"}, {"message", std::move(message)}, {"url", std::move(url)}});
  }
  // The client's model. params: {"messages", "maxTokens", …} as MCP's CreateMessageRequest. Answer: {"role", "content",
  // "model"}.
  Questions& sample(const std::string& key, json::object params) {
    return add(key, "sampling/createMessage", std::move(params));
  }
  Questions& sample(const std::string& key, std::string prompt, std::int64_t most_tokens) {
    json::object content{{"type", "text"}, {"text", std::move(prompt)}};
    json::object message{{"role", "user"}, {"content", std::move(content)}};
    return sample(key, {{"messages", json::array{std::move(message)}}, {"maxTokens", most_tokens}});
  }
  // The folders that the client works in. Answer: {"roots": [{"uri", "name"?}]}.
  Questions& roots(const std::string& key) { return add(key, "roots/list", {}); }

  [[nodiscard]] const json::object& requests() const noexcept { return requests_; }

 private:
  Questions& add(const std::string& key, const char* method, json::object params) {
    requests_[key] = json::object{{"method", method}, {"params", std::move(params)}};
    return *this;
  }

  json::object requests_;
};

}  // namespace tomada::sdk

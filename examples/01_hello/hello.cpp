// A whole plugin: one class, one tool.
#include "hello_definitions.hpp"

#include <tomada/plugin.hpp>

using namespace tomada::sdk;

class Hello {
 public:
  explicit Hello(Host) {}

  Answer greet(const json::object& arguments, Call&) {
    const auto greeting = "Hello, " + json::value_to<std::string>(arguments.at("name")) + "!";
    return {json::object{{"greeting", greeting}}, greeting};
  }
};

TOMADA_PLUGIN(Hello, "example.hello", "1.0.0",
              tool("hello_greet", definitions::hello_greet, &Hello::greet,
                   TOMADA_TOOL_READ_ONLY | TOMADA_TOOL_IDEMPOTENT | TOMADA_TOOL_INLINE));

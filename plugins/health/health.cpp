// One look at everything, in the words of /health/detailed.
#include "health_definitions.hpp"
#include "report.hpp"

using namespace tomada::sdk;

namespace {

class Health {
 public:
  explicit Health(Host host) : host_{host} {}

  Answer check(const json::object& arguments, Call&) {
    const auto* given = arguments.if_contains("component");
    const std::string filter = given ? std::string(given->as_string()) : "";
    auto facts = tomada::health_plugin::facts(host_.health_report(), filter, {host_.unix_ms(), host_.started_at_ms()});
    std::string text = tomada::health_plugin::words(facts);
    return {std::move(facts), std::move(text)};
  }

 private:
  Host host_;
};

}  // namespace

TOMADA_PLUGIN(Health, "tomada.health", "0.1.0",
              tool("health_check_complete", definitions::health_check_complete, &Health::check,
                   TOMADA_TOOL_READ_ONLY | TOMADA_TOOL_IDEMPOTENT));

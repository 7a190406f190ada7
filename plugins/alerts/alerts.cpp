// The tool over the host's alert engine: rules live there, this plugin only carries words to and fro.
#include "alerts_definitions.hpp"
#include "answer.hpp"

using namespace tomada::sdk;

namespace {

class Alerts {
 public:
  explicit Alerts(Host host) : host_{host} {}

  Answer configure(const json::object& arguments, Call& call) {
    const auto* given = arguments.if_contains("action");
    const std::string action = given ? std::string(given->as_string()) : "list";
    const auto engine = host_.alerts(call, action, tomada::alerts_plugin::request_for(action, arguments));
    const bool is_list = action == "list" || action == "reset";
    auto facts = is_list ? tomada::alerts_plugin::list_facts(action, engine, arguments)
                         : tomada::alerts_plugin::change_facts(action, engine);
    std::string text = tomada::alerts_plugin::words(facts);
    return {std::move(facts), std::move(text)};
  }

 private:
  Host host_;
};

}  // namespace

TOMADA_PLUGIN(Alerts, "tomada.alerts", "0.1.0",
              tool("configure_alerts", definitions::configure_alerts, &Alerts::configure, TOMADA_TOOL_DESTRUCTIVE));

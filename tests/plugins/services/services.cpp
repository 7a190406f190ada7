// One tool for each host service, so that tests see it as a plugin does.
#include "services_definitions.hpp"

#include <tomada/plugin.hpp>

#include <string>

using namespace tomada::sdk;

namespace {

std::string text_of(const json::object& from, const char* name) {
  const auto* found = from.if_contains(name);
  return found && found->is_string() ? std::string{found->get_string().c_str()} : std::string{};
}

}  // namespace

class Services {
 public:
  explicit Services(Host host)
      : host_{host},
        calls_{host.counter("test_services_calls_total", "Calls of a test.")},
        level_{host.gauge("test_services_level_ratio", "A level of a test.", {{"tank", "left"}})},
        refused_{host.counter("Not A Name", "Refused, and harmless.")},
        calls_of_host_{host.counter("tomada_plugin_misbehaviour_total", "The host's own.")},
        level_of_host_{host.gauge("tomada_calls_in_flight", "The host's own.")},
        level_of_protocol_{host.gauge("mcp_server_level_ratio", "The host's own.")} {}

  Answer config(const json::object&, Call&) { return host_.config(); }

  Answer offers(const json::object&, Call&) {
    json::object out;
    for (const auto* id : {TOMADA_ALERTS, TOMADA_CLOCK, TOMADA_CONFIG, TOMADA_HEALTH_READ, TOMADA_HTTP, TOMADA_LOG,
                           TOMADA_METRICS, TOMADA_METRICS_READ, TOMADA_SQL, TOMADA_STORE}) {
      out[id] = host_.offers(id);
    }
    return out;
  }

  Answer store(const json::object& arguments, Call&) {
    const auto key = text_of(arguments, "key");
    json::object out{{"saved", host_.save(key, text_of(arguments, "value"), arguments.at("ttl_ms").to_number<int>())}};
    out["loaded"] = host_.load(key).value_or("");
    out["absent"] = !host_.load("nothing here");
    out["records"] = json::array{};
    for (const auto& [name, value] : host_.scan("k")) out["records"].get_array().push_back(json::string{name});
    if (arguments.contains("erase")) out["erased"] = host_.erase(key);
    return out;
  }

  Answer fetch(const json::object& arguments, Call& call) {
    HttpRequest request;
    request.upstream = text_of(arguments, "upstream");
    request.method = "POST";
    request.path = "clients/";
    request.headers = {{"Accept", "application/json"}};
    request.body = "{}";
    request.account = "secret-key";
    request.operation = "ListClients";
    request.cache_key = "page=1";
    request.timeout_ms = arguments.at("timeout_ms").to_number<int>();
    request.is_idempotent = true;
    const auto response = arguments.contains("background") ? host_.fetch(nullptr, request) : host_.fetch(call, request);
    Answer out{json::object{{"status", response.status}, {"body", response.body}, {"is_shared", response.is_shared}}};
    for (const auto& [name, value] : response.headers) out.structured.get_object()[name] = value;
    out.source = "fake";
    return out;
  }

  Answer question(const json::object& arguments, Call& call) {
    SqlQuestion asked{text_of(arguments, "statement"), arguments.at("parameters").as_array()};
    asked.max_rows = 7;
    asked.timeout_ms = arguments.at("timeout_ms").to_number<int>();
    try {
      const auto table = ask(host_, &call, text_of(arguments, "upstream"), asked);
      return json::object{{"column", table.columns.front().name},
                          {"type", table.columns.front().type},
                          {"rows", table.rows},
                          {"dialect", table.dialect},
                          {"read_at_ms", table.read_at_ms}};
    } catch (const SqlRefused& error) {
      return json::object{{"refused", error.what()}};
    }
  }

  Answer metrics(const json::object&, Call&) {
    calls_.add(1.5);
    level_.set(0.25);
    for (const auto& refused : {refused_, calls_of_host_, level_of_host_, level_of_protocol_}) refused.add(7);
    json::object out{{"calls", host_.metric("test_services_calls_total").value_or(-1)}};
    out["level"] =
        host_.metric("test_services_level_ratio", {{"tank", "left"}, {"plugin", std::string{host_.instance()}}})
            .value_or(-1);
    return out;
  }

  Answer health_report(const json::object&, Call&) { return host_.health_report(); }

  Answer alerts(const json::object& arguments, Call& call) {
    return host_.alerts(call, text_of(arguments, "operation"), arguments.at("arguments").as_object());
  }

  Answer clock(const json::object&, Call&) {
    host_.log(TOMADA_WARNING, "somebody asked for the time");
    return json::object{{"unix_ms", host_.unix_ms()},
                        {"steady_ms", host_.steady_ms()},
                        {"instance", std::string{host_.instance()}},
                        {"version", std::string{host_.version()}},
                        {"started_at_ms", host_.started_at_ms()}};
  }

 private:
  Host host_;
  Metric calls_, level_, refused_, calls_of_host_, level_of_host_, level_of_protocol_;
};

TOMADA_PLUGIN(Services, "test.services", "1.0.0", tool("config", definitions::any, &Services::config),
              tool("offers", definitions::any, &Services::offers), tool("store", definitions::any, &Services::store),
              tool("fetch", definitions::any, &Services::fetch),
              tool("question", definitions::any, &Services::question),
              tool("metrics", definitions::any, &Services::metrics),
              tool("health_report", definitions::any, &Services::health_report),
              tool("alerts", definitions::any, &Services::alerts), tool("clock", definitions::any, &Services::clock));

#include "conformance.hpp"
#include "definitions.hpp"
#include "samples.hpp"

namespace conformance {

std::vector<Resource<Conformance>> Conformance::resources() {
  using C = Conformance;
  return {
      resource("test://static-text", resource_definition("static-text", "text/plain"), &C::static_text,
               TOMADA_TOOL_INLINE),
      resource("test://static-binary", resource_definition("static-binary", "image/png"), &C::static_binary),
      resource("test://watched-resource", resource_definition("watched-resource", "text/plain"), &C::watched,
               TOMADA_RESOURCE_SUBSCRIBABLE),
      resource_template("test://template/{id}/data", resource_definition("template", "application/json"),
                        &C::from_template)
          .completing("id",
                      [](Conformance&, std::string_view, const json::object&) {
                        return std::vector<std::string>{"123", "456"};
                      }),
      resource("ui://conformance/hello", resource_definition("app", "text/html;profile=mcp-app"), &C::app,
               TOMADA_RESOURCE_UNLISTED),
  };
}

Contents Conformance::static_text(const Reading& reading, Call&) {
  return Contents::text(reading.uri, "This is the content of the static text resource.");
}

Contents Conformance::static_binary(const Reading& reading, Call&) {
  return Contents::blob(reading.uri, red_pixel, "image/png");
}

Contents Conformance::watched(const Reading& reading, Call&) {
  return Contents::text(reading.uri, "This resource may be watched.");
}

Contents Conformance::from_template(const Reading& reading, Call&) {
  const auto id = reading.variable("id");
  const json::object about{{"id", id}, {"templateTest", true}, {"data", "Data for ID: " + id}};
  return Contents::text(reading.uri, json::serialize(about), "application/json");
}

Contents Conformance::app(const Reading& reading, Call&) {
  return Contents::text(reading.uri, "<!doctype html><title>Hello</title><p>Hello from a plugin.",
                        "text/html;profile=mcp-app");
}

}  // namespace conformance

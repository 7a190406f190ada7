#include "conformance.hpp"
#include "definitions.hpp"
#include "samples.hpp"

namespace conformance {
namespace {

// The suite compares this schema member by member.
constexpr char whole_schema[] = R"({
  "$schema": "https://json-schema.org/draft/2020-12/schema",
  "type": "object",
  "$defs": {
    "address": {
      "$anchor": "addressDef",
      "type": "object",
      "properties": {"street": {"type": "string"}, "city": {"type": "string"}}
    }
  },
  "properties": {
    "name": {"type": "string"},
    "address": {"$ref": "#/$defs/address"},
    "contactMethod": {"type": "string", "enum": ["phone", "email"]},
    "phone": {"type": "string"},
    "email": {"type": "string"}
  },
  "allOf": [{"anyOf": [{"required": ["phone"]}, {"required": ["email"]}]}],
  "if": {"properties": {"contactMethod": {"const": "phone"}}, "required": ["contactMethod"]},
  "then": {"required": ["phone"]},
  "else": {"required": ["email"]},
  "additionalProperties": false
})";

constexpr char with_header[] =
    R"({"type": "object", "properties": {"region": {"type": "string", "x-mcp-header": "Region"}}, "required": ["region"]})";

constexpr char app_definition[] = R"({
  "title": "App", "description": "Shows an app where the client has a place for one, and says the same in text.",
  "input": {"type": "object"}, "_meta": {"ui": {"resourceUri": "ui://conformance/hello"}}
})";

Answer blocks(json::array content) {
  Answer out;
  out.content = std::move(content);
  return out;
}

}  // namespace

std::vector<Tool<Conformance>> Conformance::content_tools() {
  using C = Conformance;
  constexpr auto flags = TOMADA_TOOL_READ_ONLY | TOMADA_TOOL_INLINE;
  return {
      tool("about", definition("Says what this server is for. The suite takes the first tool for its own questions."),
           &C::simple_text, flags),
      tool("test_simple_text", definition("Answers a text."), &C::simple_text, flags),
      tool("test_image_content", definition("Answers a picture."), &C::image, flags),
      tool("test_audio_content", definition("Answers a sound."), &C::audio, flags),
      tool("test_embedded_resource", definition("Answers a resource."), &C::embedded, flags),
      tool("test_multiple_content_types", definition("Answers several kinds of content."), &C::mixed, flags),
      tool("test_resource_link", definition("Answers a link to a resource."), &C::link, flags),
      tool("test_error_handling", definition("Fails."), &C::fail, flags),
      tool("test_custom_header", definition("Has an argument that is repeated in a header.", with_header), &C::echo,
           flags),
      tool("test_app", app_definition, &C::simple_text, flags),
      tool("json_schema_2020_12_tool", definition("Has a schema of many keywords.", whole_schema), &C::echo, flags),
  };
}

Answer Conformance::simple_text(const Arguments&, Call&) { return say("This is a simple text response for testing."); }

Answer Conformance::image(const Arguments&, Call&) { return blocks({image_block(red_pixel, "image/png")}); }

Answer Conformance::audio(const Arguments&, Call&) { return blocks({audio_block(silence, "audio/wav")}); }

Answer Conformance::embedded(const Arguments&, Call&) {
  return blocks({resource_block("test://embedded-resource", "text/plain", "This is an embedded resource content.")});
}

Answer Conformance::mixed(const Arguments&, Call&) {
  return blocks(
      {text_block("Multiple content types test:"), image_block(red_pixel, "image/png"),
       resource_block("test://mixed-content-resource", "application/json", R"({"test":"data","value":123})")});
}

Answer Conformance::link(const Arguments&, Call&) {
  return blocks({link_block("test://static-text", "static text", "text/plain")});
}

Answer Conformance::fail(const Arguments&, Call&) {
  throw ToolError{"This tool intentionally returns an error for testing"};
}

Answer Conformance::echo(const Arguments& arguments, Call&) { return say(json::serialize(arguments)); }

}  // namespace conformance

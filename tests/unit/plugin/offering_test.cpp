// Prompts, resources and completions of a plugin, as the host asks for them.
#include "core/plugin/prompt_definition.hpp"
#include "core/plugin/resource_definition.hpp"
#include "core/plugin/rules.hpp"
#include "tests/unit/plugin/support.hpp"

#include <algorithm>

using namespace tomada;
using registry::OutcomeKind;
using tomada::plugin::test::TestHost;

namespace {

struct Library : TestHost {
  Library() { REQUIRE(load("conformance").state == "loaded"); }

  [[nodiscard]] std::shared_ptr<registry::Prompt> prompt(std::string_view name) const {
    const auto all = loader.prompts();
    const auto is_it = [name](const auto& one) { return one->description().name == name; };
    return *std::find_if(all.begin(), all.end(), is_it);
  }
  [[nodiscard]] std::shared_ptr<registry::Resource> resource(std::string_view uri) const {
    const auto all = loader.resources();
    const auto is_it = [uri](const auto& one) { return one->description().uri == uri; };
    return *std::find_if(all.begin(), all.end(), is_it);
  }
};

const plugin::Rules& rules() {
  static const plugin::Rules all;
  return all;
}

std::string prompt_problem(const char* name, const char* definition) {
  const tomada_prompt raw{sizeof raw, 0, name, definition};
  const auto read = plugin::read_prompt_definition(raw, {}, "en", rules().prompt);
  return read ? std::string{} : read.error().message;
}

std::string resource_problem(const char* uri, const char* definition, std::uint32_t flags = 0) {
  const tomada_resource raw{sizeof raw, flags, uri, definition};
  const auto read = plugin::read_resource_definition(raw, {}, "en", rules().resource);
  return read ? std::string{} : read.error().message;
}

}  // namespace

TEST_CASE("a plugin's prompt is filled with arguments") {
  Library host;
  const auto prompt = host.prompt("test_prompt_with_arguments");
  const auto outcome = host.ask(*prompt, {{"arg1", "a"}, {"arg2", "b"}});
  CHECK(outcome.kind == OutcomeKind::result);
  CHECK(
      outcome.structured ==
      R"({"messages":[{"role":"user","content":{"type":"text","text":"Prompt with arguments: arg1='a', arg2='b'"}}]})");
  CHECK_FALSE(prompt->input().accepts({{"arg1", "a"}}));
  CHECK_FALSE(prompt->input().accepts({{"arg1", "a"}, {"arg2", 5}}));
}

TEST_CASE("a plugin's resource is read by its URI, a template with its variables") {
  Library host;
  const auto fixed = host.ask(*host.resource("test://static-text"), {{"uri", "test://static-text"}});
  CHECK(fixed.structured.find("This is the content of the static text resource.") != std::string::npos);
  const json::value at{{"uri", "test://template/7/data"}, {"variables", {{"id", "7"}}}};
  const auto filled = host.ask(*host.resource("test://template/{id}/data"), at);
  CHECK(filled.structured.find("Data for ID: 7") != std::string::npos);
  CHECK(host.resource("test://watched-resource")->description().is_subscribable);
  CHECK_FALSE(host.resource("ui://conformance/hello")->description().is_listed);
}

TEST_CASE("a plugin proposes values for an argument, and only where it said so") {
  Library host;
  const auto completer = host.prompt("test_prompt_with_arguments")->completer();
  REQUIRE(completer);
  const auto outcome = host.ask(*completer, {{"argument", "arg1"}, {"value", "test"}, {"chosen", json::object{}}});
  CHECK(outcome.structured == R"({"values":["test value","testing"]})");
  const auto other = host.ask(*completer, {{"argument", "arg2"}, {"value", ""}, {"chosen", json::object{}}});
  CHECK(other.structured == R"({"values":[]})");
  CHECK(host.prompt("test_simple_prompt")->completer() == nullptr);
}

TEST_CASE("a call knows what its client can be asked") {
  Library host;
  const auto tool = host.tool("test_input_required_result_capabilities");
  registry::CallRequest request;
  request.capabilities = std::make_shared<const json::object>(json::object{{"sampling", json::object{}}});
  const auto asked = host.ask(*tool, json::object{}, request);
  CHECK(asked.kind == OutcomeKind::needs_input);
  CHECK(asked.requests.find("sampling/createMessage") != std::string::npos);
  CHECK(asked.requests.find("elicitation") == std::string::npos);
  CHECK(host.ask(*tool, json::object{}).message == "this client cannot be asked anything");
}

TEST_CASE("a plugin is idle only when nobody holds a prompt, a resource or a completer of it") {
  Library host;
  CHECK(host.loader.is_idle());
  auto held = host.prompt("test_prompt_with_arguments")->completer();
  CHECK_FALSE(host.loader.is_idle());
  held.reset();
  auto resource = host.resource("test://static-text");
  CHECK_FALSE(host.loader.is_idle());
  resource.reset();
  CHECK(host.loader.is_idle());
}

TEST_CASE("two instances of one plugin need a prefix, and its URIs are there once") {
  TestHost host;
  REQUIRE(host.load("conformance").state == "loaded");
  const auto twin = host.load("conformance", "twin", "twin_");
  CHECK(twin.state == "refused");
  CHECK(twin.reason.find("[plugin.twin] offers the resource test://static-text, as [plugin.conformance] does") !=
        std::string::npos);
}

TEST_CASE("a prompt's or resource's answer of the wrong shape is the plugin's misbehaviour") {
  TestHost host;
  REQUIRE(host.load("conduct").state == "loaded");
  const auto prompts = host.loader.prompts();
  const auto resources = host.loader.resources();
  REQUIRE(prompts.size() == 1);
  REQUIRE(resources.size() == 1);
  CHECK(host.ask(*prompts[0], json::object{}).kind == OutcomeKind::internal);
  CHECK(host.ask(*resources[0], {{"uri", "conduct:conduct"}}).kind == OutcomeKind::internal);
  CHECK(host.misbehaviour() == 2);
}

TEST_CASE("a prompt or resource that is described wrongly is refused with the place") {
  constexpr auto good = R"({"title": "T", "description": {"en": "D", "pt-BR": "d"}})";
  CHECK(prompt_problem("fine", good).empty());
  CHECK(prompt_problem("not fine", good).find("a prompt's name is 1 to 128") != std::string::npos);
  CHECK(prompt_problem("fine", "{").find("is not JSON") != std::string::npos);
  CHECK(prompt_problem("fine", R"({"title": "T"})").find("its definition is wrong") != std::string::npos);
  CHECK(prompt_problem("fine", R"({"title": "T", "description": "D", "arguments": [{}]})").find("/arguments/0") !=
        std::string::npos);
  CHECK(resource_problem("x:/1", R"({"name": "n"})").empty());
  CHECK(resource_problem("no uri", R"({"name": "n"})").find("this is no URI") != std::string::npos);
  CHECK(resource_problem("x:/1", "{}").find("its definition is wrong") != std::string::npos);
  CHECK(resource_problem("x:/{id}", R"({"name": "n"})", TOMADA_RESOURCE_TEMPLATE).empty());
  CHECK(resource_problem("x:/{id", R"({"name": "n"})", TOMADA_RESOURCE_TEMPLATE).find("not understood") !=
        std::string::npos);
  CHECK(resource_problem("ui://a", R"({"name": "n", "mimeType": "text/html"})").find("text/html;profile=mcp-app") !=
        std::string::npos);
  CHECK(resource_problem("ui://a", R"({"name": "n", "mimeType": "text/html;profile=mcp-app"})").empty());
}

TEST_CASE("a definition is listed in the server's language") {
  const tomada_prompt raw{sizeof raw, 0, "p", R"({"title": {"en": "T", "pt-BR": "t"}, "description": "D"})"};
  const auto read = plugin::read_prompt_definition(raw, "x_", "pt-BR", rules().prompt);
  REQUIRE(read.has_value());
  CHECK(read->description.listing == R"({"name":"x_p","title":"t","description":"D"})");
}

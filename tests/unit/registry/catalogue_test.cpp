#include "core/registry/catalogue.hpp"

#include "core/json/reader.hpp"

#include <catch2/catch.hpp>

#include <string>

using namespace tomada;
using namespace tomada::registry;

namespace {

class NamedTool final : public Tool {
 public:
  NamedTool(std::string name, std::string plugin) : input_{schema::Schema::compile(json::value(true)).value()} {
    description_.name = std::move(name);
    description_.plugin = std::move(plugin);
  }
  [[nodiscard]] const ToolDescription& description() const noexcept override { return description_; }
  [[nodiscard]] const schema::Schema& input() const noexcept override { return input_; }
  [[nodiscard]] const schema::Schema* output() const noexcept override { return nullptr; }
  void start(std::shared_ptr<Call>) override {}
  void retitle(std::string title) { description_.title = std::move(title); }

 private:
  ToolDescription description_;
  schema::Schema input_;
};

std::shared_ptr<Tool> titled(std::string name, std::string title) {
  auto out = std::make_shared<NamedTool>(std::move(name), "demo");
  out->retitle(std::move(title));
  return out;
}

template <class Base, class Description>
class Named final : public Base {
 public:
  explicit Named(Description description) : description_{std::move(description)} {}
  [[nodiscard]] const Description& description() const noexcept override { return description_; }
  [[nodiscard]] const schema::Schema& input() const noexcept override { return input_; }
  [[nodiscard]] const schema::Schema* output() const noexcept override { return nullptr; }
  [[nodiscard]] std::shared_ptr<Target> completer() override { return nullptr; }
  void start(std::shared_ptr<Call>) override {}

 private:
  Description description_;
  schema::Schema input_ = schema::Schema::compile(json::value(true)).value();
};

std::shared_ptr<Prompt> prompt(std::string name, std::string plugin = "demo") {
  PromptDescription description;
  description.kind = TargetKind::prompt;
  description.listing = name;
  description.name = std::move(name);
  description.plugin = std::move(plugin);
  return std::make_shared<Named<Prompt, PromptDescription>>(std::move(description));
}

std::shared_ptr<Resource> resource(std::string uri, std::string plugin = "demo") {
  ResourceDescription description;
  description.kind = TargetKind::resource;
  if (uri.find('{') != std::string::npos) description.uri_template = UriTemplate::parse(uri).value();
  description.listing = uri;
  description.uri = std::move(uri);
  description.plugin = std::move(plugin);
  return std::make_shared<Named<Resource, ResourceDescription>>(std::move(description));
}

std::shared_ptr<Tool> tool(std::string name, std::string plugin = "demo") {
  return std::make_shared<NamedTool>(std::move(name), std::move(plugin));
}

}  // namespace

TEST_CASE("a catalogue lists its tools by name and finds each of them") {
  const auto catalogue = Catalogue::of({tool("b"), tool("c"), tool("a")}).value();
  REQUIRE(catalogue.tools().size() == 3);
  CHECK(catalogue.tools()[0]->description().name == "a");
  CHECK(catalogue.tools()[2]->description().name == "c");
  for (const std::string_view name : {"a", "b", "c"}) CHECK(catalogue.find(name)->description().name == name);
  CHECK(catalogue.find("d") == nullptr);
  CHECK(Catalogue{}.find("a") == nullptr);
}

TEST_CASE("two tools of one name are refused, naming both plugins and the mend") {
  const auto refused = Catalogue::of({tool("search", "erp"), tool("other"), tool("search", "filial")});
  REQUIRE(!refused);
  CHECK(refused.error().code == ErrorCode::configuration);
  CHECK(refused.error().message.find("\"search\"") != std::string::npos);
  CHECK(refused.error().where.find("erp") != std::string::npos);
  CHECK(refused.error().where.find("filial") != std::string::npos);
  CHECK(refused.error().hint.find("prefix") != std::string::npos);
}

TEST_CASE("a copied catalogue finds tools by itself") {
  Catalogue copy;
  {
    const auto first = Catalogue::of({tool("a"), tool("b")}).value();
    copy = first;
  }
  CHECK(copy.find("b")->description().name == "b");
}

TEST_CASE("a reader keeps its catalogue while another one is published") {
  Registry registry{std::make_shared<const Catalogue>(Catalogue::of({tool("old")}).value())};
  const auto before = registry.read();
  registry.publish(std::make_shared<const Catalogue>(Catalogue::of({tool("new")}).value()));
  CHECK(before->find("old") != nullptr);
  CHECK(registry.read()->find("old") == nullptr);
  CHECK(registry.read()->find("new") != nullptr);
}

TEST_CASE("two catalogues list the same when a client would be shown the same") {
  const auto one = Catalogue::of({titled("a", "First"), tool("b")}).value();
  CHECK(one.lists_same_tools_as(Catalogue::of({tool("b", "another"), titled("a", "First")}).value()));
  CHECK_FALSE(one.lists_same_tools_as(Catalogue::of({titled("a", "Primeira"), tool("b")}).value()));
  CHECK_FALSE(one.lists_same_tools_as(Catalogue::of({titled("a", "First")}).value()));
  CHECK_FALSE(one.lists_same_tools_as(Catalogue{}));
}

TEST_CASE("prompts are found by name, resources by URI, and a template reads what has no resource of its own") {
  const auto catalogue =
      Catalogue::of({}, {prompt("b"), prompt("a")}, {resource("x:/{id}"), resource("x:/1"), resource("a:/{+rest}")})
          .value();
  CHECK(catalogue.prompts()[0]->description().name == "a");
  CHECK(catalogue.find_prompt("b")->description().name == "b");
  CHECK(catalogue.find_prompt("c") == nullptr);
  CHECK(catalogue.resources().size() == 1);
  REQUIRE(catalogue.templates().size() == 2);
  CHECK(catalogue.templates()[0]->description().uri == "a:/{+rest}");
  CHECK(catalogue.find_resource("x:/1")->description().uri == "x:/1");
  CHECK(catalogue.find_resource("x:/2")->description().uri == "x:/{id}");
  CHECK(catalogue.find_resource("x:/2/3") == nullptr);
  CHECK(catalogue.find_template("x:/{id}") != nullptr);
  CHECK(catalogue.find_template("x:/1") == nullptr);
}

TEST_CASE("a tool and a prompt may share a name, two prompts or two URIs may not") {
  CHECK(Catalogue::of({tool("a")}, {prompt("a")}).has_value());
  const auto prompts = Catalogue::of({}, {prompt("a", "erp"), prompt("a", "filial")});
  REQUIRE_FALSE(prompts.has_value());
  CHECK(prompts.error().message == "two plugins offer the prompt \"a\"");
  const auto resources = Catalogue::of({}, {}, {resource("x:/1", "erp"), resource("x:/1", "filial")});
  REQUIRE_FALSE(resources.has_value());
  CHECK(resources.error().where == "plugin.erp and plugin.filial");
}

TEST_CASE("a list of prompts or resources is another one when one of its items is shown differently") {
  const auto one = Catalogue::of({}, {prompt("a")}, {resource("x:/1"), resource("x:/{id}")}).value();
  const auto same = Catalogue::of({tool("t")}, {prompt("a")}, {resource("x:/{id}"), resource("x:/1")}).value();
  CHECK(one.lists_same_prompts_as(same));
  CHECK(one.lists_same_resources_as(same));
  CHECK_FALSE(one.lists_same_prompts_as(Catalogue::of({}, {prompt("b")}).value()));
  CHECK_FALSE(one.lists_same_resources_as(Catalogue::of({}, {}, {resource("x:/1")}).value()));
}

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
  CHECK(one.lists_the_same_as(Catalogue::of({tool("b", "another"), titled("a", "First")}).value()));
  CHECK_FALSE(one.lists_the_same_as(Catalogue::of({titled("a", "Primeira"), tool("b")}).value()));
  CHECK_FALSE(one.lists_the_same_as(Catalogue::of({titled("a", "First")}).value()));
  CHECK_FALSE(one.lists_the_same_as(Catalogue{}));
}

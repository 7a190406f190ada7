#include <tomada/testing.hpp>

#include <catch2/catch.hpp>

using namespace tomada::testing;
using namespace tomada::sdk;

namespace {

class Shelf {
 public:
  explicit Shelf(Host host) : host_{host} {}
  std::vector<Prompt<Shelf>> prompts() {
    return {prompt("letter", "{}", &Shelf::letter)
                .completing("to", [](Shelf&, std::string_view typed, const json::object& chosen) {
                  return std::vector<std::string>{std::string{typed} + "a", json::serialize(chosen)};
                })};
  }
  std::vector<Resource<Shelf>> resources() {
    return {resource("shelf://motto", "{}", &Shelf::motto),
            resource_template("shelf://book/{id}", "{}", &Shelf::book, TOMADA_RESOURCE_SUBSCRIBABLE)};
  }
  Messages letter(const json::object& arguments, Call& call) {
    if (!call.can("elicitation")) throw InvalidParams{"nobody can be asked for the tone"};
    const auto given = call.answers(Questions{}.form("tone", "Which tone?", {{"type", "object"}}).roots("folders"));
    return Messages{}
        .describe(given.size() == 2 ? "A letter" : "")
        .user(std::string(arguments.at("to").as_string()))
        .assistant(image_block("AAAA", "image/png"));
  }
  Contents motto(const Reading& reading, Call&) { return Contents::text(reading.uri, "Plug it in."); }
  Contents book(const Reading& reading, Call&) {
    if (reading.variable("id") == "none") throw InvalidParams{"there is no such book"};
    host_.resource_updated(reading.uri);
    host_.list_changed(TOMADA_PROMPT_LIST);
    return Contents::blob(reading.uri, "AAAA", "application/pdf");
  }

 private:
  Host host_;
};

struct NoTools {
  static std::vector<Tool<Shelf>> of(Shelf&) { return {}; }
};

const tomada_plugin& shelf() {
  static const tomada_plugin out = Adapter<Shelf, NoTools>::entry("test.shelf", "1.0.0");
  return out;
}

CallOptions asked() {
  CallOptions out;
  out.capabilities = R"({"elicitation": {}})";
  return out;
}

}  // namespace

TEST_CASE("a prompt asks, then becomes messages") {
  FakeHost host;
  const Plugin plugin{host, shelf()};
  const auto questions = plugin.get("letter", {{"to", "Ana"}}, asked());
  CHECK(questions.kind == TOMADA_NEEDS_INPUT);
  CHECK(questions.requests.at("tone").at("method") == "elicitation/create");
  CHECK(questions.requests.at("folders").at("method") == "roots/list");
  auto options = asked();
  options.answers = R"({"tone": {"action": "accept"}})";  // one of two is not enough
  CHECK(plugin.get("letter", {{"to", "Ana"}}, options).kind == TOMADA_NEEDS_INPUT);
  options.answers = R"({"tone": {"action": "accept"}, "folders": {"roots": []}})";
  const auto letter = plugin.get("letter", {{"to", "Ana"}}, options);
  CHECK(letter.structured.at("description") == "A letter");
  CHECK(letter.structured.at("messages").at(0).at("content").at("text") == "Ana");
  CHECK(letter.structured.at("messages").at(1).at("role") == "assistant");
  CHECK(plugin.get("letter", {{"to", "Ana"}}).kind == TOMADA_INVALID_PARAMS);
}

TEST_CASE("a resource is read, a template with what its URI says, and changes are told") {
  FakeHost host;
  const Plugin plugin{host, shelf()};
  const auto motto = plugin.read("shelf://motto", "shelf://motto");
  CHECK(motto.structured.at("contents").at(0).at("text") == "Plug it in.");
  CHECK(motto.structured.at("contents").at(0).at("mimeType") == "text/plain");
  const auto book = plugin.read("shelf://book/{id}", "shelf://book/7", {{"id", "7"}});
  CHECK(book.structured.at("contents").at(0).at("blob") == "AAAA");
  CHECK(host.notices == std::vector<std::string>{"shelf://book/7", "prompts"});
  const auto none = plugin.read("shelf://book/{id}", "shelf://book/none", {{"id", "none"}});
  CHECK(none.kind == TOMADA_INVALID_PARAMS);
  CHECK(none.message == "there is no such book");
}

TEST_CASE("an argument is completed with what was typed and chosen") {
  FakeHost host;
  const Plugin plugin{host, shelf()};
  const auto found = plugin.complete("letter", "to", "An", {{"tone", "kind"}});
  CHECK(found.structured.at("values") == json::array{"Ana", R"({"tone":"kind"})"});
  CHECK(plugin.complete("letter", "other", "").structured.at("values") == json::array{});
}

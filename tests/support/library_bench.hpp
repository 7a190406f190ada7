#pragma once
// A library for ProtocolBench: prompts and resources made for tests, one per behaviour.
#include "tests/support/protocol_bench.hpp"

#include <memory>
#include <optional>
#include <string>
#include <utility>

namespace tomada::test {

class FakeTarget final : public registry::Target {
 public:
  FakeTarget(registry::TargetDescription description, FakeTool::Work work)
      : description_{std::move(description)}, work_{std::move(work)} {}
  [[nodiscard]] const registry::TargetDescription& description() const noexcept override { return description_; }
  [[nodiscard]] const schema::Schema& input() const noexcept override { return input_; }
  [[nodiscard]] const schema::Schema* output() const noexcept override { return nullptr; }
  void start(std::shared_ptr<registry::Call> call) override { work_(call); }

 private:
  registry::TargetDescription description_;
  schema::Schema input_ = schema::Schema::compile(true).value();
  FakeTool::Work work_;
};

// A prompt or a resource, as Base has it.
template <class Base, class Description>
class FakeItem final : public Base {
 public:
  FakeItem(Description description, std::string_view input, FakeTool::Work work,
           std::optional<FakeTool::Work> completes = {})
      : description_{std::move(description)},
        input_{schema::Schema::compile(json::read(input).value()).value()},
        work_{std::move(work)} {
    if (!completes) return;
    registry::TargetDescription about = description_;
    about.kind = registry::TargetKind::completion;
    completer_ = std::make_shared<FakeTarget>(about, *completes);
  }
  [[nodiscard]] const Description& description() const noexcept override { return description_; }
  [[nodiscard]] const schema::Schema& input() const noexcept override { return input_; }
  [[nodiscard]] const schema::Schema* output() const noexcept override { return nullptr; }
  [[nodiscard]] std::shared_ptr<registry::Target> completer() override { return completer_; }
  void start(std::shared_ptr<registry::Call> call) override { work_(call); }

 private:
  Description description_;
  schema::Schema input_;
  FakeTool::Work work_;
  std::shared_ptr<registry::Target> completer_;
};
using FakePrompt = FakeItem<registry::Prompt, registry::PromptDescription>;
using FakeResource = FakeItem<registry::Resource, registry::ResourceDescription>;

inline FakeTool::Work giving(std::string structured) {
  return [structured](const std::shared_ptr<registry::Call>& call) { call->finish(result_of(structured)); };
}
inline FakeTool::Work failing(registry::OutcomeKind kind, std::string message) {
  return [kind, message](const std::shared_ptr<registry::Call>& call) {
    call->finish(registry::Outcome::failed(kind, message));
  };
}

inline registry::PromptDescription prompt_named(std::string name, std::string more = {}) {
  registry::PromptDescription out;
  out.kind = registry::TargetKind::prompt;
  out.plugin = "fake";
  out.annotations = registry::reading_only;
  out.listing = text::concat({R"({"name":")", name, R"(","title":"Title","description":"About it.")", more, "}"});
  out.name = std::move(name);
  return out;
}

inline registry::ResourceDescription resource_at(std::string uri, std::string name, std::string more = {}) {
  registry::ResourceDescription out;
  out.kind = registry::TargetKind::resource;
  out.plugin = "fake";
  out.annotations = registry::reading_only;
  const bool is_template = uri.find('{') != std::string::npos;
  if (is_template) out.uri_template = registry::UriTemplate::parse(uri).value();
  out.listing = text::concat({is_template ? R"({"uriTemplate":")" : R"({"uri":")", uri, R"(","name":")", name,
                              R"(","title":"Title","mimeType":"text/plain")", more, "}"});
  out.name = std::move(name);
  out.uri = std::move(uri);
  return out;
}

// Asks for a name, then says it.
inline void ask_then_greet(const std::shared_ptr<registry::Call>& call) {
  const auto& request = call->request();
  if (request.answers.empty()) {
    auto asking = registry::Outcome::failed(registry::OutcomeKind::needs_input, {});
    asking.requests = R"({"name":{"method":"elicitation/create","params":{"message":"Who?",)"
                      R"("requestedSchema":{"type":"object","properties":{}}}}})";
    return (void)call->finish(std::move(asking));
  }
  const bool is_prompt = call->target->description().kind == registry::TargetKind::prompt;
  call->finish(result_of(is_prompt ? R"({"messages":[{"role":"user","content":{"type":"text","text":"named"}}]})"
                                   : R"({"contents":[{"uri":"fake://asks","text":"named"}]})"));
}

inline void echo_arguments(const std::shared_ptr<registry::Call>& call) {
  json::object content{{"type", "text"}, {"text", call->arguments_text()}};
  json::object message{{"role", "user"}, {"content", std::move(content)}};
  call->finish(result_of(json::text(json::object{{"messages", json::array{std::move(message)}}})));
}

inline void read_item(const std::shared_ptr<registry::Call>& call) {
  const auto id = call->arguments().at("variables").at("id").as_string();
  if (id == "none") {
    return (void)call->finish(
        registry::Outcome::failed(registry::OutcomeKind::invalid_params, "there is no item \"none\""));
  }
  json::object item{{"uri", call->arguments().at("uri")}, {"mimeType", "text/plain"}, {"text", id}};
  call->finish(result_of(json::text(json::object{{"contents", json::array{std::move(item)}}})));
}

inline std::string many_values() {
  json::array values;
  for (int i = 0; i < 250; ++i) values.emplace_back(std::to_string(i));
  return json::text(json::object{{"values", std::move(values)}});
}

inline registry::Prompts library_prompts() {
  constexpr std::string_view any = R"({"type":"object"})";
  constexpr std::string_view takes_to =
      R"({"type":"object","properties":{"to":{"type":"string"}},"required":["to"],"additionalProperties":{"type":"string"}})";
  registry::Prompts out;
  const auto add = [&out](auto&&... parts) {
    out.push_back(std::make_shared<FakePrompt>(std::forward<decltype(parts)>(parts)...));
  };
  add(prompt_named("letter", R"(,"arguments":[{"name":"to","title":"To whom","required":true}],)"
                             R"("icons":[{"src":"https://x/i.png"}],"_meta":{"k":1})"),
      takes_to, &echo_arguments, giving(R"({"values":["Ana","Anselmo"],"total":2,"hasMore":false})"));
  add(prompt_named("media"), any,
      giving(R"({"description":"d","messages":[{"role":"user","content":{"type":"audio","data":"AAAA",)"
             R"("mimeType":"audio/wav","_meta":{"k":1}}},{"role":"assistant","content":{"type":"resource_link",)"
             R"("uri":"file:///x","name":"x","icons":[{"src":"https://x/i.png"}]}}]})"));
  add(prompt_named("asks"), any, &ask_then_greet, giving(many_values()));
  add(prompt_named("breaks"), any, failing(registry::OutcomeKind::tool_error, "the ERP is away; try again"));
  return out;
}

inline registry::Resources library_resources() {
  constexpr std::string_view any = R"({"type":"object"})";
  registry::Resources out;
  const auto add = [&out](auto&&... parts) {
    out.push_back(std::make_shared<FakeResource>(std::forward<decltype(parts)>(parts)...));
  };
  add(resource_at(
          "fake://text", "text",
          R"(,"annotations":{"priority":1,"lastModified":"2026-01-01"},"icons":[{"src":"https://x/i.png"}],"_meta":{"k":1})"),
      any, giving(R"({"contents":[{"uri":"fake://text","mimeType":"text/plain","text":"words","_meta":{"k":1}}]})"));
  auto kept = resource_at("fake://blob", "blob");
  kept.cache = registry::CachePolicy{Milliseconds{5'000}};
  add(kept, any, giving(R"({"contents":[{"uri":"fake://blob","blob":"AAAA"}]})"));
  add(resource_at("fake://item/{id}", "item"), any, &read_item, giving(R"({"values":["7","8"]})"));
  auto unlisted = resource_at("ui://fake/app", "app");
  unlisted.is_listed = false;
  add(unlisted, any, giving(R"({"contents":[{"uri":"ui://fake/app","text":"<p>"}]})"));
  add(resource_at("fake://asks", "asks"), any, &ask_then_greet);
  return out;
}

}  // namespace tomada::test

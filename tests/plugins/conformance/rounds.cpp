#include "conformance.hpp"
#include "definitions.hpp"

namespace conformance {
namespace {

Questions user_name() { return std::move(Questions{}.form("user_name", "What is your name?", form_of("name"))); }

}  // namespace

std::vector<Tool<Conformance>> Conformance::round_tools() {
  using C = Conformance;
  const auto about = definition("Asks, and goes on with the answers.");
  return {
      tool("test_input_required_result_elicitation", about, &C::round_elicitation),
      tool("test_input_required_result_sampling", about, &C::round_sampling),
      tool("test_input_required_result_list_roots", about, &C::round_roots),
      tool("test_input_required_result_request_state", about, &C::round_state),
      tool("test_input_required_result_tampered_state", about, &C::round_state),
      tool("test_input_required_result_multiple_inputs", about, &C::round_several),
      tool("test_input_required_result_multi_round", about, &C::round_after_round),
      tool("test_input_required_result_capabilities", about, &C::round_capabilities),
  };
}

Answer Conformance::round_elicitation(const Arguments&, Call& call) {
  return say("Hello, " + field(call.answers(user_name()).at("user_name").as_object(), "name") + "!");
}

Answer Conformance::round_sampling(const Arguments&, Call& call) {
  const auto answers = call.answers(Questions{}.sample("capital_question", "What is the capital of France?", 100));
  return say("The model says: " + write(answers.at("capital_question").at("content")));
}

Answer Conformance::round_roots(const Arguments&, Call& call) {
  const auto answers = call.answers(Questions{}.roots("client_roots"));
  return say("The client's roots: " + write(answers.at("client_roots").at("roots")));
}

Answer Conformance::round_state(const Arguments&, Call& call) {
  const json::object ok{{"ok", json::object{{"type", "boolean"}}}};
  call.keep("kept");
  const auto answer = call.ask("confirm", "Is it all right?",
                               {{"type", "object"}, {"properties", ok}, {"required", json::array{"ok"}}});
  if (call.state() != "kept") throw ToolError{"the state did not come back"};
  return say("state-ok, " + std::string{answer.at("action").as_string().c_str()});
}

Answer Conformance::round_several(const Arguments&, Call& call) {
  call.keep("several");
  const auto answers = call.answers(user_name().sample("greeting", "Greet the user.", 50).roots("client_roots"));
  return say("Hello, " + field(answers.at("user_name").as_object(), "name") + ": " +
             write(answers.at("greeting").at("content")) + " " + write(answers.at("client_roots").at("roots")));
}

// The answers of a round are gone in the next one, so what was said travels in the state.
Answer Conformance::round_after_round(const Arguments&, Call& call) {
  std::string name{call.state()};
  if (name.empty()) name = field(call.ask("step1", "Step 1: what is your name?", form_of("name")), "name");
  call.keep(name);
  const auto color = field(call.ask("step2", "Step 2: what is your favourite colour?", form_of("color")), "color");
  return say(name + " likes " + color);
}

Answer Conformance::round_capabilities(const Arguments&, Call& call) {
  Questions questions;
  if (call.can("elicitation")) questions.form("user_name", "What is your name?", form_of("name"));
  if (call.can("sampling")) questions.sample("greeting", "Greet the user.", 50);
  if (call.can("roots")) questions.roots("client_roots");
  if (questions.requests().empty()) throw ToolError{"this client cannot be asked anything"};
  return say("Answered: " + write(call.answers(questions)));
}

}  // namespace conformance

#include "conformance.hpp"
#include "definitions.hpp"

namespace conformance {
namespace {

constexpr char takes_prompt[] = R"({"type": "object", "properties": {"prompt": {"type": "string"}}})";
constexpr char takes_message[] = R"({"type": "object", "properties": {"message": {"type": "string"}}})";

constexpr char user_form[] = R"({
  "type": "object",
  "properties": {
    "username": {"type": "string", "description": "User's name"},
    "email": {"type": "string", "description": "User's email address"}
  },
  "required": ["username", "email"]
})";

constexpr char defaults_form[] = R"({
  "type": "object",
  "properties": {
    "name": {"type": "string", "default": "John Doe"},
    "age": {"type": "integer", "default": 30},
    "score": {"type": "number", "default": 95.5},
    "status": {"type": "string", "enum": ["active", "inactive", "pending"], "default": "active"},
    "verified": {"type": "boolean", "default": true}
  }
})";

constexpr char enums_form[] = R"({
  "type": "object",
  "properties": {
    "untitledSingle": {"type": "string", "enum": ["option1", "option2", "option3"]},
    "titledSingle": {"type": "string", "oneOf": [
      {"const": "value1", "title": "First Option"},
      {"const": "value2", "title": "Second Option"},
      {"const": "value3", "title": "Third Option"}
    ]},
    "legacyEnum": {"type": "string", "enum": ["opt1", "opt2", "opt3"],
                   "enumNames": ["Option One", "Option Two", "Option Three"]},
    "untitledMulti": {"type": "array", "items": {"type": "string", "enum": ["option1", "option2", "option3"]}},
    "titledMulti": {"type": "array", "items": {"anyOf": [
      {"const": "value1", "title": "First Choice"},
      {"const": "value2", "title": "Second Choice"},
      {"const": "value3", "title": "Third Choice"}
    ]}}
  }
})";

std::string text_in(const Arguments& arguments, const char* name, const char* otherwise) {
  const auto* found = arguments.if_contains(name);
  return found && found->is_string() ? found->get_string().c_str() : otherwise;
}

// Of a model's answer, whose content is one block or several.
std::string text_of(const json::object& answer) {
  const auto* content = answer.if_contains("content");
  if (content && content->is_array() && !content->get_array().empty()) content = &content->get_array().front();
  const auto* block = content ? content->if_object() : nullptr;
  const auto* text = block ? block->if_contains("text") : nullptr;
  return text && text->is_string() ? text->get_string().c_str() : "";
}

Answer completed(const json::object& answer) {
  const auto* content = answer.if_contains("content");
  return say("Elicitation completed: action=" + std::string{answer.at("action").as_string().c_str()} +
             ", content=" + (content ? write(*content) : "{}"));
}

}  // namespace

std::vector<Tool<Conformance>> Conformance::asking_tools() {
  using C = Conformance;
  return {
      tool("test_sampling", definition("Asks the client's model.", takes_prompt), &C::sample),
      tool("test_elicitation", definition("Asks the user.", takes_message), &C::elicit),
      tool("test_elicitation_sep1034_defaults", definition("Asks with proposals."), &C::elicit_defaults),
      tool("test_elicitation_sep1330_enums", definition("Asks with choices."), &C::elicit_enums),
      tool("test_streaming_elicitation", definition("Asks in the middle."), &C::stream_elicitation),
      tool("test_missing_capability", definition("Cannot do without the client's model."), &C::need_sampling),
  };
}

Answer Conformance::sample(const Arguments& arguments, Call& call) {
  const auto questions = Questions{}.sample("answer", text_in(arguments, "prompt", "Hello"), 100);
  return say("LLM response: " + text_of(call.answers(questions).at("answer").as_object()));
}

Answer Conformance::elicit(const Arguments& arguments, Call& call) {
  const auto answer = call.ask("user", text_in(arguments, "message", "Who are you?"), json::parse(user_form));
  const auto* content = answer.if_contains("content");
  return say("User response: " + std::string{answer.at("action").as_string().c_str()} + " " +
             (content ? write(*content) : "{}"));
}

Answer Conformance::elicit_defaults(const Arguments&, Call& call) {
  return completed(call.ask("user", "Please review what is proposed", json::parse(defaults_form)));
}

Answer Conformance::elicit_enums(const Arguments&, Call& call) {
  return completed(call.ask("user", "Please choose", json::parse(enums_form)));
}

Answer Conformance::stream_elicitation(const Arguments&, Call& call) {
  call.progress(1, 2);
  return completed(call.ask("user", "May it go on?", form_of("word")));
}

Answer Conformance::need_sampling(const Arguments&, Call& call) {
  const auto answers = call.answers(Questions{}.sample("answer", "Say anything.", 100));
  return say(text_of(answers.at("answer").as_object()));
}

}  // namespace conformance

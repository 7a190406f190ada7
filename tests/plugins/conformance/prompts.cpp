#include "conformance.hpp"
#include "definitions.hpp"
#include "samples.hpp"

namespace conformance {
namespace {

constexpr char two_arguments[] = R"([
  {"name": "arg1", "description": "First test argument", "required": true},
  {"name": "arg2", "description": "Second test argument", "required": true}
])";
constexpr char one_resource[] =
    R"([{"name": "resourceUri", "description": "URI of the resource to embed", "required": true}])";

std::string text_in(const Arguments& arguments, const char* name) {
  return std::string{arguments.at(name).as_string().c_str()};
}

std::vector<std::string> complete(Conformance&, std::string_view typed, const json::object&) {
  std::vector<std::string> out;
  for (const std::string_view word : {"test value", "testing", "tomada"}) {
    if (word.starts_with(typed)) out.emplace_back(word);
  }
  return out;
}

}  // namespace

std::vector<Prompt<Conformance>> Conformance::prompts() {
  using C = Conformance;
  return {
      prompt("test_simple_prompt", prompt_definition("A prompt without arguments."), &C::simple_prompt),
      prompt("test_prompt_with_arguments", prompt_definition("A prompt with two arguments.", two_arguments),
             &C::prompt_with_arguments)
          .completing("arg1", &complete),
      prompt("test_prompt_with_embedded_resource", prompt_definition("A prompt with a resource.", one_resource),
             &C::prompt_with_resource),
      prompt("test_prompt_with_image", prompt_definition("A prompt with a picture."), &C::prompt_with_image),
      prompt("test_input_required_result_prompt", prompt_definition("A prompt that asks first."), &C::asking_prompt),
  };
}

Messages Conformance::simple_prompt(const Arguments&, Call&) {
  return Messages{}.user("This is a simple prompt for testing.");
}

Messages Conformance::prompt_with_arguments(const Arguments& arguments, Call&) {
  return Messages{}.user("Prompt with arguments: arg1='" + text_in(arguments, "arg1") + "', arg2='" +
                         text_in(arguments, "arg2") + "'");
}

Messages Conformance::prompt_with_resource(const Arguments& arguments, Call&) {
  return Messages{}
      .user(resource_block(text_in(arguments, "resourceUri"), "text/plain", "Embedded resource content for testing."))
      .user("Please process the embedded resource above.");
}

Messages Conformance::prompt_with_image(const Arguments&, Call&) {
  return Messages{}.user(image_block(red_pixel, "image/png")).user("Please analyze the image above.");
}

Messages Conformance::asking_prompt(const Arguments&, Call& call) {
  const auto answer = call.ask("user_context", "What is this about?", form_of("context"));
  return Messages{}.user("The user says: " + field(answer, "context"));
}

}  // namespace conformance

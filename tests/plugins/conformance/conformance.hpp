#pragma once
// Conformance: the fixtures that the official conformance suite looks for, under the names that it looks for.
#include <tomada/plugin.hpp>

#include <string>
#include <vector>

namespace conformance {

namespace json = boost::json;
using namespace tomada::sdk;
using Arguments = json::object;

class Conformance {
 public:
  explicit Conformance(Host host) : host_{host} {}

  std::vector<Tool<Conformance>> tools();
  std::vector<Prompt<Conformance>> prompts();
  std::vector<Resource<Conformance>> resources();

 private:
  // What tools show: content.cpp
  std::vector<Tool<Conformance>> content_tools();
  Answer simple_text(const Arguments&, Call&);
  Answer image(const Arguments&, Call&);
  Answer audio(const Arguments&, Call&);
  Answer embedded(const Arguments&, Call&);
  Answer mixed(const Arguments&, Call&);
  Answer link(const Arguments&, Call&);
  Answer fail(const Arguments&, Call&);
  Answer echo(const Arguments& arguments, Call&);

  // What they tell on the way: telling.cpp
  std::vector<Tool<Conformance>> telling_tools();
  Answer progress(const Arguments&, Call& call);
  Answer log(const Arguments&, Call& call);
  Answer reconnect(const Arguments&, Call& call);
  Answer change_tools(const Arguments&, Call&);
  Answer change_prompts(const Arguments&, Call&);
  Answer change_resource(const Arguments&, Call&);

  // What they ask: asking.cpp, rounds.cpp
  std::vector<Tool<Conformance>> asking_tools();
  Answer sample(const Arguments& arguments, Call& call);
  Answer elicit(const Arguments& arguments, Call& call);
  Answer elicit_defaults(const Arguments&, Call& call);
  Answer elicit_enums(const Arguments&, Call& call);
  Answer stream_elicitation(const Arguments&, Call& call);
  Answer need_sampling(const Arguments&, Call& call);
  std::vector<Tool<Conformance>> round_tools();
  Answer round_elicitation(const Arguments&, Call& call);
  Answer round_sampling(const Arguments&, Call& call);
  Answer round_roots(const Arguments&, Call& call);
  Answer round_state(const Arguments&, Call& call);
  Answer round_several(const Arguments&, Call& call);
  Answer round_after_round(const Arguments&, Call& call);
  Answer round_capabilities(const Arguments&, Call& call);

  // What goes on without its client: tasks.cpp
  std::vector<Tool<Conformance>> task_tools();
  Answer greet(const Arguments& arguments, Call&);
  Answer compute(const Arguments& arguments, Call& call);
  Answer fail_slowly(const Arguments&, Call& call);
  Answer break_down(const Arguments&, Call& call);
  Answer confirm(const Arguments& arguments, Call& call);
  Answer ask_twice(const Arguments&, Call& call);
  Answer ask_and_work(const Arguments&, Call& call);

  // prompts.cpp
  Messages simple_prompt(const Arguments&, Call&);
  Messages prompt_with_arguments(const Arguments& arguments, Call&);
  Messages prompt_with_resource(const Arguments& arguments, Call&);
  Messages prompt_with_image(const Arguments&, Call&);
  Messages asking_prompt(const Arguments&, Call& call);

  // resources.cpp
  Contents static_text(const Reading& reading, Call&);
  Contents static_binary(const Reading& reading, Call&);
  Contents watched(const Reading& reading, Call&);
  Contents from_template(const Reading& reading, Call&);
  Contents app(const Reading& reading, Call&);

  Host host_;
};

// Of a form's answer: {"action", "content": {field: text}}; empty: it was not given.
[[nodiscard]] std::string field(const json::object& answer, const char* name);
[[nodiscard]] json::object form_of(const char* name);  // with one required text

[[nodiscard]] inline Answer say(std::string text) {
  Answer out;
  out.text = std::move(text);
  return out;
}

}  // namespace conformance

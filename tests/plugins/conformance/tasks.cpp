#include "conformance.hpp"
#include "definitions.hpp"

#include <chrono>
#include <thread>

namespace conformance {
namespace {

constexpr char takes_name[] = R"({"type": "object", "properties": {"name": {"type": "string"}}, "required": ["name"]})";
constexpr char takes_work[] = R"({
  "type": "object",
  "properties": {"seconds": {"type": "number", "minimum": 0, "maximum": 600}, "label": {"type": "string"}},
  "required": ["seconds"]
})";
constexpr char takes_file[] =
    R"({"type": "object", "properties": {"filename": {"type": "string"}}, "required": ["filename"]})";

json::object confirmation() {
  return {{"type", "object"},
          {"properties", json::object{{"confirm", json::object{{"type", "boolean"}}}}},
          {"required", json::array{"confirm"}}};
}

void take_time(const Call& call, std::chrono::milliseconds time) {  // ends early when the call is cancelled
  const auto end = std::chrono::steady_clock::now() + time;
  while (std::chrono::steady_clock::now() < end) {
    call.check();
    std::this_thread::sleep_for(std::chrono::milliseconds{10});
  }
}

std::string task_definition(std::string_view description, std::string_view input, std::string_view policy) {
  auto out = definition(description, input);
  out.pop_back();
  return out.append(R"(, "task": )").append(policy).append("}");
}

}  // namespace

std::vector<Tool<Conformance>> Conformance::task_tools() {
  using C = Conformance;
  constexpr auto may = "{}", must = R"({"required": true})";
  return {
      tool("greet", definition("Greets.", takes_name), &C::greet),
      tool("slow_compute", task_definition("Takes its time.", takes_work, may), &C::compute, TOMADA_TOOL_READ_ONLY),
      tool("failing_job", task_definition("Fails after a while.", nothing, must), &C::fail_slowly),
      tool("protocol_error_job",
           task_definition("Breaks.", nothing, R"({}, "output": {"type": "object", "required": ["total"]})"),
           &C::break_down),
      tool("confirm_delete", task_definition("Asks before it deletes.", takes_file, may), &C::confirm),
      tool("multi_input", task_definition("Asks two things at once.", nothing, may), &C::ask_twice),
      tool("test_tool_with_task", task_definition("Asks first, then takes its time.", nothing, must), &C::ask_and_work),
  };
}

Answer Conformance::greet(const Arguments& arguments, Call&) {
  return say("Hello, " + std::string{arguments.at("name").as_string().c_str()} + "!");
}

Answer Conformance::compute(const Arguments& arguments, Call& call) {
  const auto seconds = arguments.at("seconds").to_number<double>();
  if (seconds > 0) {
    call.become_task();
    take_time(call, std::chrono::milliseconds{static_cast<std::int64_t>(seconds * 1000)});
  }
  const auto* label = arguments.if_contains("label");
  return say("computed " + (label ? json::serialize(*label) : std::string{"something"}));
}

Answer Conformance::fail_slowly(const Arguments&, Call& call) {
  call.become_task();
  take_time(call, std::chrono::milliseconds{500});
  throw ToolError{"the job failed, as it always does"};
}

Answer Conformance::break_down(const Arguments&, Call& call) {
  call.become_task();
  Answer out;
  out.structured = json::object{};  // a bug: it promised a total
  return out;
}

Answer Conformance::confirm(const Arguments& arguments, Call& call) {
  call.become_task();
  const auto answer = call.ask("confirm", "Delete it?", confirmation());
  const std::string file{arguments.at("filename").as_string().c_str()};
  return say(answer.at("action") == "accept" ? "deleted " + file : "kept " + file);
}

Answer Conformance::ask_twice(const Arguments&, Call& call) {
  call.become_task();
  const auto answers =
      call.answers(Questions{}.form("first", "Who?", form_of("name")).form("second", "Who else?", form_of("name")));
  return say(field(answers.at("first").as_object(), "name") + " and " +
             field(answers.at("second").as_object(), "name"));
}

Answer Conformance::ask_and_work(const Arguments&, Call& call) {
  const auto name = field(call.ask("user_name", "What is your name?", form_of("name")), "name");
  call.become_task();
  take_time(call, std::chrono::milliseconds{100});
  return say("Hello, " + name + "!");
}

}  // namespace conformance

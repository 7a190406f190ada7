#include "conformance.hpp"
#include "definitions.hpp"

#include <chrono>
#include <thread>

namespace conformance {
namespace {

void pause() { std::this_thread::sleep_for(std::chrono::milliseconds{50}); }

}  // namespace

std::vector<Tool<Conformance>> Conformance::telling_tools() {
  using C = Conformance;
  return {
      tool("test_tool_with_progress", definition("Reports its progress."), &C::progress),
      tool("test_tool_with_logging", definition("Logs three lines."), &C::log),
      tool("test_logging_tool", definition("Logs to those who ask for it."), &C::log),
      tool("test_trigger_tool_change", definition("Tells that the list of tools has changed."), &C::change_tools),
      tool("test_trigger_prompt_change", definition("Tells that the list of prompts has changed."), &C::change_prompts),
      tool("test_trigger_resource_change", definition("Tells that the watched resource has changed."),
           &C::change_resource),
      tool("test_reconnection", definition("Lets the client go in the middle of the call."), &C::reconnect),
  };
}

Answer Conformance::progress(const Arguments&, Call& call) {
  call.progress(0, 100);
  pause();
  call.progress(50, 100);
  pause();
  call.progress(100, 100);
  pause();  // some clients drop a report that comes together with the answer
  return say("Progress reported.");
}

Answer Conformance::log(const Arguments&, Call& call) {
  call.log(TOMADA_INFO, "Tool execution started");
  pause();
  call.log(TOMADA_INFO, "Tool processing data");
  pause();
  call.log(TOMADA_INFO, "Tool execution completed");
  return say("Logged.");
}

Answer Conformance::reconnect(const Arguments&, Call& call) {
  pause();
  call.hang_up();
  pause();
  return say("Reconnection test completed successfully.");
}

Answer Conformance::change_tools(const Arguments&, Call&) {
  host_.list_changed(TOMADA_TOOL_LIST);
  return say("Told.");
}

Answer Conformance::change_prompts(const Arguments&, Call&) {
  host_.list_changed(TOMADA_PROMPT_LIST);
  return say("Told.");
}

Answer Conformance::change_resource(const Arguments&, Call&) {
  host_.resource_updated("test://watched-resource");
  return say("Told.");
}

}  // namespace conformance

// Tools that keep the contract.
#include "conduct.hpp"

#include <string>

namespace conduct {
namespace {

constexpr const char* takes_anything =
    R"({"title": {"en": "Anything", "pt-BR": "Qualquer coisa"}, "description": "Takes anything.",
        "input": {"type": "object", "properties": {"what": {"description": {"en": "What", "pt-BR": "O quê"}}}}})";
constexpr const char* promises_number =
    R"({"title": "Whole", "description": "Promises a number.", "input": {"type": "object"},
        "output": {"type": "object", "properties": {"number": {"type": "integer"}}, "required": ["number"]},
        "cache": {"ttl_ms": 60000}, "_meta": {"example/icon": "7"}})";

std::string_view view(tomada_text from) { return {from.data ? from.data : "", from.size}; }

void echo(Instance&, tomada_call& call) {
  const auto out = R"({"arguments":)" + std::string{view(call.arguments)} + R"(,"principal":)" +
                   std::string{view(call.principal)} + R"(,"correlation":")" + std::string{view(call.correlation)} +
                   R"(","deadline_ms":)" + std::to_string(call.deadline_ms) + "}";
  give(call, out);
}

void number(Instance&, tomada_call& call) { give(call, R"({"number": 7})"); }

void aged(Instance&, tomada_call& call) {
  auto out = answer(TOMADA_RESULT);
  out.structured = text("{}");
  out.content = text(R"([{"type": "text", "text": "old"}])");
  out.meta = text(R"({"example/key": 1})");
  out.source = text("demo");
  out.age_ms = 5000;
  call.finish(&call, &out);
}

void copied(Instance&, tomada_call& call) {
  auto out = answer(TOMADA_RESULT);
  out.structured = text("{}");
  out.source = text("demo");
  out.age_ms = 1;
  out.refresh_in_ms = 42'000;
  out.read_at_ms = 1'791'999'990'000;
  out.flags = TOMADA_ANSWER_COPY | TOMADA_ANSWER_PRIVATE;
  call.finish(&call, &out);
}

void tell(Instance&, tomada_call& call) {
  call.progress(&call, 1, 2, text("half"));
  call.progress(&call, 2, 0, text("done"));
  call.hang_up(&call);
  call.log(&call, TOMADA_WARNING, text("careful"));
  give(call, "{}");
}

void ask(Instance&, tomada_call& call) {
  if (call.answers.size) return give(call, R"({"answers":)" + std::string{view(call.answers)} + "}");
  auto out = answer(TOMADA_NEEDS_INPUT);
  out.requests = text(R"({"sure": {"method": "elicitation/create", "params": {"message": "Sure?", "requestedSchema": {)"
                      R"("type": "object", "properties": {"yes": {"type": "boolean"}}}}}})");
  out.state = text("step 1");
  call.finish(&call, &out);
}

void fail_for_model(Instance&, tomada_call& call) { fail(call, TOMADA_TOOL_ERROR, "no stock; try another product"); }
void fail_for_caller(Instance&, tomada_call& call) { fail(call, TOMADA_INVALID_PARAMS, "from is after to"); }

void later(Instance& instance, tomada_call& call) {
  const std::lock_guard lock{instance.mutex};
  instance.threads.emplace_back([&call] { give(call, R"({"from": "another thread"})"); });
}

void open_gate(Instance& instance, tomada_call& call) {
  int most = 0;
  {
    const std::lock_guard lock{instance.mutex};
    instance.is_open = true;
    most = instance.most_inside;
  }
  instance.changed.notify_all();
  give(call, R"({"most_inside":)" + std::to_string(most) + "}");
}

void count_inside(Instance& instance, tomada_call& call) {
  const std::lock_guard lock{instance.mutex};
  give(call, R"({"inside":)" + std::to_string(instance.inside) + "}");
}

void wait_at_gate(Instance& instance, tomada_call& call) {
  {
    std::unique_lock lock{instance.mutex};
    if (++instance.inside > instance.most_inside) instance.most_inside = instance.inside;
    instance.changed.wait(lock, [&instance] { return instance.is_open; });
    --instance.inside;
  }
  give(call, "{}");
}

struct Bell {
  std::mutex mutex;
  std::condition_variable rung;
  bool has_rung = false;
};

void ring(void* context) {
  auto& bell = *static_cast<Bell*>(context);
  const std::lock_guard lock{bell.mutex};
  bell.has_rung = true;
  bell.rung.notify_all();
}

void wait_for_cancel(Instance& instance, tomada_call& call) {
  Bell bell;
  call.on_cancel(&call, &ring, &bell);
  {
    const std::lock_guard lock{instance.mutex};
    ++instance.inside;
  }
  {
    std::unique_lock lock{bell.mutex};
    bell.rung.wait(lock, [&bell] { return bell.has_rung; });
  }
  fail(call, call.cancelled(&call) ? TOMADA_CANCELLED : TOMADA_TOOL_ERROR, "woken");
}

constexpr std::uint32_t inline_read = TOMADA_TOOL_INLINE | TOMADA_TOOL_READ_ONLY;

}  // namespace

const Entry good[] = {
    {{sizeof(tomada_tool), inline_read | TOMADA_TOOL_IDEMPOTENT, "echo", takes_anything}, &echo},
    {{sizeof(tomada_tool), TOMADA_TOOL_READ_ONLY, "number", promises_number}, &number},
    {{sizeof(tomada_tool), TOMADA_TOOL_READ_ONLY, "aged", takes_anything}, &aged},
    {{sizeof(tomada_tool), TOMADA_TOOL_READ_ONLY, "copied", takes_anything}, &copied},
    {{sizeof(tomada_tool), 0, "tell", takes_anything}, &tell},
    {{sizeof(tomada_tool), TOMADA_TOOL_DESTRUCTIVE, "ask", takes_anything}, &ask},
    {{sizeof(tomada_tool), 0, "fail_for_model", takes_anything}, &fail_for_model},
    {{sizeof(tomada_tool), 0, "fail_for_caller", takes_anything}, &fail_for_caller},
    {{sizeof(tomada_tool), 0, "later", takes_anything}, &later},
    {{sizeof(tomada_tool), inline_read, "open_gate", takes_anything}, &open_gate},
    {{sizeof(tomada_tool), inline_read, "count_inside", takes_anything}, &count_inside},
    {{sizeof(tomada_tool), 0, "gate", takes_anything}, &wait_at_gate},
    {{sizeof(tomada_tool), TOMADA_TOOL_SERIAL, "serial_gate", takes_anything}, &wait_at_gate},
    {{sizeof(tomada_tool), TOMADA_TOOL_OPEN_WORLD, "wait_for_cancel", takes_anything}, &wait_for_cancel},
};
const unsigned good_count = sizeof good / sizeof good[0];

}  // namespace conduct

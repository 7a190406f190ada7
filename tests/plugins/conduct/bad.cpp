// Tools that break the contract.
#include "conduct.hpp"

#include <cmath>
#include <cstring>
#include <stdexcept>

namespace conduct {
namespace {

constexpr const char* any = R"({"title": "Bad", "description": "Misbehaves.", "input": {"type": "object"}})";
constexpr const char* with_output =
    R"({"title": "Bad", "description": "Breaks its promise.", "input": {"type": "object"},
        "output": {"type": "object", "properties": {"number": {"type": "integer"}}, "required": ["number"]}})";

void answer_no_json(Instance&, tomada_call& call) { give(call, R"({"number": )"); }
void answer_no_utf8(Instance&, tomada_call& call) { give(call, "{\"number\": \"\xff\xfe\"}"); }
void message_no_utf8(Instance&, tomada_call& call) { fail(call, TOMADA_TOOL_ERROR, "\xc3("); }
void no_message(Instance&, tomada_call& call) { fail(call, TOMADA_TOOL_ERROR, ""); }
void break_promise(Instance&, tomada_call& call) { give(call, R"({"number": "seven"})"); }
void answer_nothing(Instance&, tomada_call& call) { give(call, ""); }
void unknown_outcome(Instance&, tomada_call& call) {
  auto out = answer(TOMADA_RESULT);
  const int beyond = 77;
  std::memcpy(&out.outcome, &beyond, sizeof beyond);
  call.finish(&call, &out);
}
void no_answer(Instance&, tomada_call& call) { call.finish(&call, nullptr); }

void content_no_blocks(Instance&, tomada_call& call) {
  auto out = answer(TOMADA_RESULT);
  out.content = text(R"(["just text"])");
  call.finish(&call, &out);
}

void meta_no_object(Instance&, tomada_call& call) {
  auto out = answer(TOMADA_RESULT);
  out.meta = text("[]");
  call.finish(&call, &out);
}

void ask_nothing(Instance&, tomada_call& call) {
  auto out = answer(TOMADA_NEEDS_INPUT);
  out.requests = text("{}");
  call.finish(&call, &out);
}

void bytes_without_address(Instance&, tomada_call& call) {
  auto out = answer(TOMADA_RESULT);
  out.structured = {nullptr, 12};
  call.finish(&call, &out);
}

void finish_twice(Instance&, tomada_call& call) {
  give(call, R"({"finish": 1})");
  give(call, R"({"finish": 2})");
}

// The call is long over for the host when the thread of the plugin finishes it again.
void finish_twice_later(Instance& instance, tomada_call& call) {
  give(call, R"({"finish": 1})");
  const std::lock_guard lock{instance.mutex};
  instance.threads.emplace_back([&instance, &call] {
    {
      std::unique_lock waiting{instance.mutex};
      instance.changed.wait(waiting, [&instance] { return instance.is_open; });
    }
    call.progress(&call, 1, 1, text("again"));
    if (call.cancelled(&call)) give(call, R"({"finish": 2})");
  });
}

// Another thread speaks of the call while this one finishes it.
void chatter(Instance& instance, tomada_call& call) {
  {
    const std::lock_guard lock{instance.mutex};
    instance.threads.emplace_back([&call] {
      for (int i = 0; i < 2000; ++i) {
        call.progress(&call, i, 0, text("still"));
        call.log(&call, TOMADA_INFO, text("here"));
        (void)call.cancelled(&call);
        call.hang_up(&call);
        call.on_cancel(
            &call, [](void*) {}, nullptr);
      }
    });
  }
  give(call, R"({"finish": 1})");
}

void throw_over_the_line(Instance&, tomada_call&) { throw std::runtime_error("a bug of mine"); }
void throw_a_number(Instance&, tomada_call&) { throw 42; }
void throw_after_finish(Instance&, tomada_call& call) {
  give(call, "{}");
  throw std::runtime_error("too late");
}

void progress_nonsense(Instance&, tomada_call& call) {
  call.progress(&call, std::nan(""), 1, text("nowhere"));
  call.progress(&call, 1, 2, text("\xff"));
  call.log(&call, TOMADA_ERROR, text("\xff"));
  const int beyond = 9;
  tomada_log_level level = TOMADA_DEBUG;
  std::memcpy(&level, &beyond, sizeof beyond);
  call.log(&call, level, text("a level that there is not"));
  give(call, "{}");
}

}  // namespace

const Entry bad[] = {
    {{sizeof(tomada_tool), 0, "answer_no_json", any}, &answer_no_json},
    {{sizeof(tomada_tool), 0, "answer_no_utf8", any}, &answer_no_utf8},
    {{sizeof(tomada_tool), 0, "message_no_utf8", any}, &message_no_utf8},
    {{sizeof(tomada_tool), 0, "no_message", any}, &no_message},
    {{sizeof(tomada_tool), 0, "break_promise", with_output}, &break_promise},
    {{sizeof(tomada_tool), 0, "answer_nothing", with_output}, &answer_nothing},
    {{sizeof(tomada_tool), 0, "unknown_outcome", any}, &unknown_outcome},
    {{sizeof(tomada_tool), 0, "no_answer", any}, &no_answer},
    {{sizeof(tomada_tool), 0, "content_no_blocks", any}, &content_no_blocks},
    {{sizeof(tomada_tool), 0, "meta_no_object", any}, &meta_no_object},
    {{sizeof(tomada_tool), 0, "ask_nothing", any}, &ask_nothing},
    {{sizeof(tomada_tool), 0, "bytes_without_address", any}, &bytes_without_address},
    {{sizeof(tomada_tool), 0, "finish_twice", any}, &finish_twice},
    {{sizeof(tomada_tool), 0, "finish_twice_later", any}, &finish_twice_later},
    {{sizeof(tomada_tool), 0, "chatter", any}, &chatter},
    {{sizeof(tomada_tool), 0, "throw_over_the_line", any}, &throw_over_the_line},
    {{sizeof(tomada_tool), 0, "throw_a_number", any}, &throw_a_number},
    {{sizeof(tomada_tool), 0, "throw_after_finish", any}, &throw_after_finish},
    {{sizeof(tomada_tool), 0, "progress_nonsense", any}, &progress_nonsense},
};
const unsigned bad_count = sizeof bad / sizeof bad[0];

}  // namespace conduct

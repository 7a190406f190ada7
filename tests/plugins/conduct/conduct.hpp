#pragma once
// What the tools of this plugin share: the instance, and short ways to finish a call on the bare ABI.
#include <tomada/plugin.h>

#include <condition_variable>
#include <mutex>
#include <string_view>
#include <thread>
#include <vector>

namespace conduct {

struct Instance {
  std::mutex mutex;  // guards all below
  std::condition_variable changed;
  bool is_open = false;             // the gate
  int inside = 0, most_inside = 0;  // calls at the gate
  std::vector<std::thread> threads;

  ~Instance() {
    {
      const std::lock_guard lock{mutex};
      is_open = true;
    }
    changed.notify_all();
    for (auto& thread : threads) thread.join();
  }
};

using Run = void (*)(Instance&, tomada_call&);
struct Entry {
  tomada_tool tool;
  Run run;
};

inline tomada_text text(std::string_view from) { return {from.data(), from.size()}; }

inline tomada_answer answer(tomada_outcome outcome) {
  tomada_answer out{};
  out.size = sizeof out;
  out.outcome = outcome;
  return out;
}

inline void give(tomada_call& call, std::string_view structured) {
  auto out = answer(TOMADA_RESULT);
  out.structured = text(structured);
  call.finish(&call, &out);
}

inline void fail(tomada_call& call, tomada_outcome outcome, std::string_view message) {
  auto out = answer(outcome);
  out.message = text(message);
  call.finish(&call, &out);
}

extern const Entry good[];  // tools that keep the contract
extern const Entry bad[];   // and those that do not
extern const unsigned good_count, bad_count;

}  // namespace conduct

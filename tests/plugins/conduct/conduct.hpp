#pragma once
// What the tools of this plugin share: the instance, and short ways to finish a call on the bare ABI.
#include <tomada/plugin.h>
#include <tomada/prompts.h>
#include <tomada/resources.h>

#include <condition_variable>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace conduct {

class Shelf {  // one resource, whose URI is the instance's own
 public:
  explicit Shelf(std::string_view instance);
  Shelf(const Shelf&) = delete;
  Shelf& operator=(const Shelf&) = delete;
  [[nodiscard]] const tomada_resources& table() const noexcept { return table_; }

 private:
  const std::string uri_;
  tomada_resource resource_{};
  const tomada_resource* const list_[1] = {&resource_};
  tomada_resources table_{};
};

struct Instance {
  explicit Instance(std::string_view name) : shelf{name} {}
  Shelf shelf;
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
extern const tomada_prompts prompts;  // one that breaks it

}  // namespace conduct

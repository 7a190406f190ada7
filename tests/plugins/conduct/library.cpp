// A prompt and a resource that break the contract.
#include "conduct.hpp"

namespace conduct {
namespace {

constexpr tomada_prompt prompt{sizeof prompt, 0, "broken_prompt",
                               R"({"title": "Broken", "description": "Answers no messages."})"};
constexpr const tomada_prompt* prompt_list[] = {&prompt};

void get(void*, tomada_call* call) {
  give(*call, R"({"messages": [{"role": "system", "content": {"type": "text"}}]})");
}
void read(void*, tomada_call* call) { give(*call, R"({"contents": [{"uri": "conduct:broken"}]})"); }

}  // namespace

const tomada_prompts prompts{sizeof prompts, 1, prompt_list, &get};

Shelf::Shelf(std::string_view instance) : uri_{"conduct:" + std::string{instance}} {
  resource_ = {sizeof resource_, 0, uri_.c_str(), R"({"name": "broken"})"};
  table_ = {sizeof table_, 1, list_, &read};
}

}  // namespace conduct

#pragma once
// Call: one tool call as the tool sees it.
#include <tomada/sdk/answer.hpp>
#include <tomada/sdk/text.hpp>

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

namespace tomada::sdk {

class Call {
 public:
  explicit Call(tomada_call& raw) noexcept : raw_{&raw} {}

  void progress(double done, double total = 0, std::string_view note = {}) const {  // total 0: unknown
    raw_->progress(raw_, done, total, text(note));
  }
  void log(tomada_log_level level, std::string_view line) const { raw_->log(raw_, level, text(line)); }
  [[nodiscard]] bool is_cancelled() const { return raw_->cancelled(raw_); }
  void check() const {  // call it in long loops
    if (is_cancelled()) throw Cancelled{};
  }
  void on_cancel(void (*wake)(void* context), void* context) const { raw_->on_cancel(raw_, wake, context); }

  // Asks the person. The tool is entered again with the answer, so keep what precedes an ask free of side effects.
  // Gives {"action": "accept"|"decline"|"cancel", "content"?}.
  [[nodiscard]] json::object ask(std::string_view key, std::string_view message, json::value schema) const {
    const auto answers = object(raw_->answers);
    const auto* answer = answers.if_contains(json::string_view{key.data(), key.size()});
    if (answer && answer->is_object()) return answer->get_object();
    json::object form{{"mode", "form"}, {"message", json::string_view{message.data(), message.size()}}};
    form["requestedSchema"] = std::move(schema);
    json::object request{{"method", "elicitation/create"}};
    request["params"] = std::move(form);
    json::object requests;
    requests[json::string_view{key.data(), key.size()}] = std::move(request);
    throw NeedsInput{std::move(requests), state_};
  }
  void keep(std::string state) { state_ = std::move(state); }  // travels with the next ask and comes back in state()
  [[nodiscard]] std::string_view state() const noexcept { return view(raw_->state); }

  [[nodiscard]] json::object principal() const { return object(raw_->principal); }  // {"subject", "tenant", "roles"}
  [[nodiscard]] std::string_view correlation() const noexcept { return view(raw_->correlation); }
  [[nodiscard]] std::int64_t deadline_ms() const noexcept { return raw_->deadline_ms; }  // left at the start; 0: none
  [[nodiscard]] std::string_view arguments_text() const noexcept { return view(raw_->arguments); }  // for read_exact
  [[nodiscard]] tomada_call* raw() const noexcept { return raw_; }

 private:
  static json::object object(tomada_text text) {
    return text.size ? read_json(view(text)).as_object() : json::object{};
  }

  tomada_call* raw_;
  std::string state_;
};

}  // namespace tomada::sdk

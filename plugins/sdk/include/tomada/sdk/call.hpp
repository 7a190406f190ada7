#pragma once
// Call: one call as the tool, prompt or resource sees it.
#include <tomada/sdk/answer.hpp>
#include <tomada/sdk/questions.hpp>
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

  // The answer will take long: a client that can come back for it is let go; for any other this does nothing.
  void hang_up() const {
    if (TOMADA_HAS(raw_, tomada_call, hang_up)) raw_->hang_up(raw_);
  }

  // Asks the person. The tool is entered again with the answer, so keep what precedes an ask free of side effects.
  // Gives {"action": "accept"|"decline"|"cancel", "content"?}.
  [[nodiscard]] json::object ask(std::string_view key, std::string_view message, json::value schema) const {
    const std::string name{key};
    auto all = answers(Questions{}.form(name, std::string{message}, std::move(schema)));
    return std::move(all.at(name).as_object());
  }
  // Asks all of them at once: {key: answer}, when every one has been answered; else the tool ends here and is entered
  // again. What the client cannot be asked ends the call with an error that says so: see can().
  [[nodiscard]] json::object answers(const Questions& questions) const {
    auto given = object(raw_->answers);
    for (const auto& question : questions.requests()) {
      const auto* answer = given.if_contains(question.key());
      if (!answer || !answer->is_object()) throw NeedsInput{questions.requests(), state_};
    }
    return given;
  }
  // Whether the client can be asked: "elicitation", "sampling" or "roots".
  [[nodiscard]] bool can(std::string_view kind) const {
    return capabilities().contains(json::string_view{kind.data(), kind.size()});
  }
  [[nodiscard]] json::object capabilities() const {  // as MCP's ClientCapabilities
    std::string told;
    if (TOMADA_HAS(raw_, tomada_call, capabilities)) raw_->capabilities(raw_, &told, append);
    return told.empty() ? json::object{} : read_json(told).as_object();
  }
  // The client gets a handle and may look later, if it can; the tool goes on either way. Its definition has "task".
  bool become_task() const { return TOMADA_HAS(raw_, tomada_call, become_task) && raw_->become_task(raw_); }
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

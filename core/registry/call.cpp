#include "core/registry/call.hpp"

#include "core/json/writer.hpp"

namespace tomada::registry {

Call::Call(CallRequest request, std::unique_ptr<Listener> listener)
    : request_{std::move(request)}, listener_{std::move(listener)} {}

const json::value& Call::arguments_value() const noexcept {
  static const json::value none = json::object{};
  return request_.arguments ? *request_.arguments : none;
}

std::string Call::arguments_text() const {
  std::string out;
  json::write(out, arguments());
  return out;
}

bool Call::finish(Outcome outcome) {
  if (is_finished_.exchange(true)) return false;
  const auto self = shared_from_this();  // the listener may drop the last reference
  if (on_finish) on_finish(*this, outcome);
  listener_->finished(outcome);
  return true;
}

void Call::progress(const Progress& progress) {
  if (!is_finished_.load()) listener_->progressed(progress);
}

void Call::log(int level, std::string_view message) {
  if (!is_finished_.load()) listener_->logged(level, message);
}

void Call::hang_up() {
  if (!is_finished_.load()) listener_->hung_up();
}

bool Call::become_task() {
  if (!is_finished_.load() && listener_->become_task()) is_task_ = true;
  return is_task_.load();
}

}  // namespace tomada::registry

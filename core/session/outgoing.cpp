#include "core/session/outgoing.hpp"

#include "core/jsonrpc/error.hpp"

#include <atomic>
#include <utility>

namespace tomada::session {
namespace {

class Outgoing final : public jsonrpc::Reply {
 public:
  Outgoing(std::shared_ptr<Stream> stream, jsonrpc::Id id) : stream_{std::move(stream)}, id_{std::move(id)} {}
  ~Outgoing() override {
    if (is_answered_ || std::holds_alternative<std::monostate>(id_)) return;
    constexpr auto code = jsonrpc::Code::internal_error;
    stream_->say(jsonrpc::error_answer(id_, code, "internal error: the request was dropped"));
  }

  void notify(std::string frame) override {
    if (!is_answered_) stream_->say(std::move(frame));
  }
  void answer(jsonrpc::Answer answer) override {
    if (!is_answered_.exchange(true) && !answer.body.empty()) stream_->say(std::move(answer.body));
  }
  void on_disconnect(std::function<void()>) override {}  // a lost connection cancels nothing

 private:
  const std::shared_ptr<Stream> stream_;
  const jsonrpc::Id id_;
  std::atomic<bool> is_answered_{false};
};

}  // namespace

std::shared_ptr<jsonrpc::Reply> reply_on(std::shared_ptr<Stream> stream, const jsonrpc::Id& id) {
  return std::make_shared<Outgoing>(std::move(stream), id);
}

}  // namespace tomada::session

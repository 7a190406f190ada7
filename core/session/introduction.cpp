#include "core/session/introduction.hpp"

#include <utility>

namespace tomada::session {
namespace {

class Introduction final : public jsonrpc::Reply {
 public:
  Introduction(std::shared_ptr<jsonrpc::Reply> reply, std::shared_ptr<Session> session)
      : reply_{std::move(reply)}, session_{std::move(session)} {}

  void notify(std::string frame) override { reply_->notify(std::move(frame)); }
  void remark(std::string frame) override { reply_->remark(std::move(frame)); }
  void answer(jsonrpc::Answer answer) override {
    if (session_->peer()->agreed()) answer.session = session_->id();
    reply_->answer(std::move(answer));
  }
  void on_disconnect(std::function<void()> gone) override { reply_->on_disconnect(std::move(gone)); }
  [[nodiscard]] bool takes_notices() const noexcept override { return reply_->takes_notices(); }

 private:
  const std::shared_ptr<jsonrpc::Reply> reply_;
  const std::shared_ptr<Session> session_;
};

}  // namespace

std::shared_ptr<jsonrpc::Reply> introduce(std::shared_ptr<jsonrpc::Reply> reply,
                                          const std::shared_ptr<Session>& session) {
  return std::make_shared<Introduction>(std::move(reply), session);
}

}  // namespace tomada::session

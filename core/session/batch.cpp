#include "core/session/batch.hpp"

#include <atomic>

namespace tomada::session {
namespace {

class ElementReply final : public jsonrpc::Reply {
 public:
  explicit ElementReply(std::shared_ptr<Batch> batch) : batch_{std::move(batch)} {}
  ~ElementReply() override { end({}); }

  void notify(std::string frame) override { batch_->reply().notify(std::move(frame)); }
  void answer(jsonrpc::Answer answer) override { end(answer.body); }
  void on_disconnect(std::function<void()> gone) override { batch_->reply().on_disconnect(std::move(gone)); }
  [[nodiscard]] bool takes_notices() const noexcept override { return batch_->reply().takes_notices(); }

 private:
  void end(const std::string& body) {
    if (!has_ended_.exchange(true)) batch_->take(body);
  }

  std::shared_ptr<Batch> batch_;
  std::atomic<bool> has_ended_{false};
};

}  // namespace

void Batch::take(const std::string& body) {
  std::string all;
  {
    const std::lock_guard lock{mutex_};
    if (!body.empty()) answers_.append(answers_.empty() ? "[" : ",").append(body);
    if (--missing_ > 0) return;
    all.swap(answers_);
  }
  if (all.empty()) return reply_->answer({202, {}});
  all.push_back(']');
  reply_->answer({200, std::move(all)});
}

std::shared_ptr<jsonrpc::Reply> reply_into(std::shared_ptr<Batch> batch) {
  return std::make_shared<ElementReply>(std::move(batch));
}

}  // namespace tomada::session

#include "core/session/batch.hpp"

#include "core/base/text.hpp"
#include "core/protocol/headers.hpp"
#include "core/protocol/modern/handler.hpp"

#include <atomic>

namespace tomada::session {
namespace {

constexpr std::size_t most_frames = 64;

class ElementReply final : public jsonrpc::Reply {
 public:
  explicit ElementReply(std::shared_ptr<Batch> batch) : batch_{std::move(batch)} {}
  ~ElementReply() override { end({}); }

  void notify(std::string frame) override { batch_->reply().notify(std::move(frame)); }
  void remark(std::string frame) override { batch_->reply().remark(std::move(frame)); }
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

Frames frames_of(const std::shared_ptr<jsonrpc::Message>& batch) {
  Frames out;
  const auto count = batch->root().get_array().size();
  for (std::size_t i = 0; i < count && i <= most_frames; ++i) out.push_back(jsonrpc::Message::element(batch, i));
  return out;
}

protocol::Problem invalid_request(std::string message) {
  return {jsonrpc::Code::invalid_request, 400, std::move(message), {}};
}

std::optional<protocol::Problem> batch_problem(const protocol::Request& request, const Frames& frames) {
  if (frames.size() > most_frames)
    return invalid_request(text::concat({"a batch may hold at most ", std::to_string(most_frames), " frames"}));
  if (!request.revision || !request.revision->has_batches)
    return invalid_request("this protocol version has no batches; send one frame at a time");
  if (auto problem = protocol::unacceptable(request.headers)) return problem;
  for (const auto& frame : frames) {
    if (frame->kind() == jsonrpc::Kind::invalid)
      return invalid_request(text::concat({"in a batch: ", frame->problem()}));
    if (protocol::modern::Handler::recognises(*frame, jsonrpc::NoHeaders{}))
      return invalid_request("a batch cannot hold requests of a protocol version without batches");
  }
  return std::nullopt;
}

std::shared_ptr<jsonrpc::Reply> reply_into(std::shared_ptr<Batch> batch) {
  return std::make_shared<ElementReply>(std::move(batch));
}

}  // namespace tomada::session

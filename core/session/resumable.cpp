#include "core/session/resumable.hpp"

#include <mutex>
#include <utility>

namespace tomada::session {
namespace {

class Resumable final : public jsonrpc::Reply {
 public:
  Resumable(std::shared_ptr<jsonrpc::Reply> reply, std::shared_ptr<Streams> streams, Numbering numbering)
      : streams_{std::move(streams)}, numbering_{numbering}, reply_{std::move(reply)} {}
  ~Resumable() override {
    if (stream_ && !is_answered_) stream_->drop();
  }

  void notify(std::string frame) override {
    const auto stream = begun();
    if (!stream) return;
    stream->say(std::move(frame));
    streams_->make_room();
  }
  void begin(const jsonrpc::Opening&) override {
    if (const auto stream = begun()) stream->send();
  }
  void hang_up() override {
    if (!numbering_.has_polling) return;
    if (const auto stream = begun()) stream->hang_up();
  }
  void answer(jsonrpc::Answer answer) override;
  void on_disconnect(std::function<void()>) override {}

 private:
  [[nodiscard]] std::shared_ptr<Stream> begun();  // null: it was answered

  const std::shared_ptr<Streams> streams_;
  const Numbering numbering_;
  std::mutex mutex_;                       // guards the three below
  std::shared_ptr<jsonrpc::Reply> reply_;  // until there is a stream
  std::shared_ptr<Stream> stream_;
  bool is_answered_ = false;
};

std::shared_ptr<Stream> Resumable::begun() {
  const std::lock_guard lock{mutex_};
  if (is_answered_) return nullptr;
  if (!stream_) stream_ = streams_->begin(std::move(reply_), numbering_);
  return stream_;
}

void Resumable::answer(jsonrpc::Answer answer) {
  std::shared_ptr<jsonrpc::Reply> first;
  {
    const std::lock_guard lock{mutex_};
    if (std::exchange(is_answered_, true)) return;
    first.swap(reply_);
  }
  if (first) return first->answer(std::move(answer));
  answer.body.empty() ? stream_->end() : stream_->answer(std::move(answer.body));
  streams_->ended(*stream_);
  streams_->make_room();
}

}  // namespace

std::shared_ptr<jsonrpc::Reply> make_resumable(std::shared_ptr<jsonrpc::Reply> reply, std::shared_ptr<Streams> streams,
                                               Numbering numbering) {
  auto& first = *reply;
  auto out = std::make_shared<Resumable>(std::move(reply), std::move(streams), numbering);
  if (numbering.has_polling) first.on_silence(out);
  return out;
}

}  // namespace tomada::session

#include "core/session/session.hpp"

#include "core/protocol/changed.hpp"

#include <utility>

namespace tomada::session {

Session::Session(std::string id, const Principal& owner, const std::shared_ptr<Alarm>& alarm)
    : id_{std::move(id)},
      subject_{owner.subject},
      tenant_{owner.tenant},
      peer_{std::make_shared<protocol::Peer>(alarm)},
      in_flight_{std::make_shared<Conversation>()} {}

bool Session::belongs_to(const Principal& principal) const noexcept {
  return principal.subject == subject_ && principal.tenant == tenant_;
}

SteadyTime Session::last_used() const noexcept { return SteadyTime{SteadyTime::duration{last_used_.load()}}; }

bool Session::is_busy() const {
  {
    const std::lock_guard lock{mutex_};
    if (stream_) return true;
  }
  return !in_flight_->is_idle();
}

bool Session::open(const std::shared_ptr<jsonrpc::Reply>& stream) {
  std::set<Change> missed;
  {
    const std::lock_guard lock{mutex_};
    if (stream_) return false;
    stream_ = stream;
    missed.swap(missed_);
  }
  stream->begin();
  for (const auto& [what, uri] : missed) stream->notify(protocol::changed_frame(what, uri));
  stream->on_disconnect([session = weak_from_this(), gone = std::weak_ptr{stream}] {
    const auto self = session.lock();
    if (!self) return;
    std::shared_ptr<jsonrpc::Reply> closed;  // dies outside the lock
    const std::lock_guard lock{self->mutex_};
    if (self->stream_ == gone.lock()) closed.swap(self->stream_);
  });
  return true;
}

void Session::tell(registry::Changed what, std::string_view uri) {
  if (!peer_->agreed()) return;
  if (what == registry::Changed::resource && !peer_->is_subscribed(uri)) return;
  std::shared_ptr<jsonrpc::Reply> stream;
  {
    const std::lock_guard lock{mutex_};
    stream = stream_;
    if (!stream) missed_.emplace(what, uri);
  }
  if (stream) stream->notify(protocol::changed_frame(what, uri));
}

void Session::end(std::string_view why) {
  std::shared_ptr<jsonrpc::Reply> stream;
  {
    const std::lock_guard lock{mutex_};
    stream.swap(stream_);
  }
  if (stream) stream->answer({202, {}});
  peer_->end_questions(why);
}

}  // namespace tomada::session

#include "core/session/session.hpp"

#include "core/base/text.hpp"
#include "core/protocol/changed.hpp"
#include "core/session/outgoing.hpp"
#include "core/session/resumable.hpp"

#include <algorithm>
#include <utility>

namespace tomada::session {
namespace {

constexpr int most_unanswered = 3;  // pings, until a client counts as dead

}  // namespace

Session::Session(Kind kind, std::string id, const Principal& owner, const Clock& clock,
                 const std::shared_ptr<Alarm>& alarm, const std::shared_ptr<Room>& room)
    : kind_{kind},
      id_{std::move(id)},
      subject_{owner.subject},
      tenant_{owner.tenant},
      owner_{owner_of(owner)},
      peer_{std::make_shared<protocol::Peer>(alarm)},
      in_flight_{std::make_shared<Conversation>()},
      streams_{std::make_shared<Streams>(clock, alarm, room)} {}

bool Session::belongs_to(const Principal& principal) const noexcept {
  return principal.subject == subject_ && principal.tenant == tenant_;
}

SteadyTime Session::last_used() const noexcept { return SteadyTime{SteadyTime::duration{last_used_.load()}}; }

bool Session::is_busy() const { return streams_->own()->is_heard() || !in_flight_->is_idle(); }

// A pipe has no events to number, and nobody can come back to a stream that is its session.
Numbering Session::numbering() const noexcept {
  const auto* revision = peer_->agreed();
  if (!revision || kind_ != Kind::http) return {};
  return {revision->has_resumption, revision->has_polling};
}

bool Session::open(const std::shared_ptr<jsonrpc::Reply>& reply, std::string endpoint) {
  if (!streams_->own()->open(reply, numbering(), std::move(endpoint))) return false;
  watch(reply);
  return true;
}

Resumption Session::resume(std::string_view event, const std::shared_ptr<jsonrpc::Reply>& reply) {
  const auto out = streams_->resume(event, reply);
  if (out == Resumption::resumed) watch(reply);
  return out;
}

// Only the session's own stream needs to know when nobody listens: the next to open it may.
void Session::watch(const std::shared_ptr<jsonrpc::Reply>& reply) const {
  reply->on_disconnect([own = std::weak_ptr{streams_->own()}, gone = std::weak_ptr{reply}] {
    if (const auto stream = own.lock()) stream->leave(gone.lock().get());
  });
}

std::shared_ptr<jsonrpc::Reply> Session::resumable(std::shared_ptr<jsonrpc::Reply> reply) const {
  const auto numbers = numbering();
  if (!numbers.has_ids || !reply->takes_notices()) return reply;
  return make_resumable(std::move(reply), streams_, numbers);
}

std::shared_ptr<jsonrpc::Reply> Session::on_own_stream(const jsonrpc::Id& id) const {
  return reply_on(streams_->own(), id);
}

void Session::tell(registry::Changed what, std::string_view uri) {
  if (!peer_->agreed() || what == registry::Changed::task) return;  // no legacy client has asked for tasks
  if (what == registry::Changed::resource && !peer_->is_subscribed(uri)) return;
  streams_->own()->say_latest(protocol::changed_frame(what, uri));
}

std::optional<SteadyTime> Session::expire(SteadyTime now) { return earlier(peer_->expire(now), streams_->expire(now)); }

Session::Beat Session::beat(SteadyTime now, Milliseconds interval) {
  if (!streams_->own()->is_heard()) {
    unanswered_ = 0;
    last_ping_ = {};
    return {};
  }
  const SteadyTime heard{SteadyTime::duration{last_heard_.load()}};
  const auto due = std::max(heard, last_ping_) + interval;
  if (now < due) return {false, due};
  unanswered_ = last_ping_ > heard ? unanswered_ + 1 : 0;
  if (unanswered_ >= most_unanswered) return {true};
  last_ping_ = now;
  streams_->own()->say_once(
      text::concat({R"({"jsonrpc":"2.0","id":)", std::to_string(peer_->next_id()), R"(,"method":"ping"})"}));
  return {false, now + interval};
}

void Session::end(std::string_view why) {
  streams_->own()->end();
  peer_->end_questions(why);
}

}  // namespace tomada::session

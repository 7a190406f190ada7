#pragma once
// Session: one legacy client, behind a pipe or an Mcp-Session-Id: what is remembered of it, what it has under way, and
// where it hears what belongs to no request.
#include "core/base/principal.hpp"
#include "core/protocol/changed.hpp"
#include "core/protocol/peer.hpp"
#include "core/session/conversation.hpp"
#include "core/session/streams.hpp"

#include <atomic>
#include <memory>
#include <string>
#include <string_view>

namespace tomada::session {

class Session final : public std::enable_shared_from_this<Session> {
 public:
  enum class Kind { pipe, http, sse };  // sse: its own stream carries everything, and ends it

  Session(Kind kind, std::string id, const Principal& owner, const Clock& clock, const std::shared_ptr<Alarm>& alarm,
          const std::shared_ptr<Room>& room);  // room: of what all sessions keep; null: no bound

  [[nodiscard]] const std::string& id() const noexcept { return id_; }        // empty: the pipe
  [[nodiscard]] const std::string& owner() const noexcept { return owner_; }  // as owner_of()
  [[nodiscard]] bool belongs_to(const Principal& principal) const noexcept;
  [[nodiscard]] const std::shared_ptr<protocol::Peer>& peer() const noexcept { return peer_; }
  [[nodiscard]] const std::shared_ptr<Conversation>& in_flight() const noexcept { return in_flight_; }

  void hear(SteadyTime now) noexcept {  // something came from its client
    last_heard_.store(now.time_since_epoch().count());
    touch(now);
  }
  void touch(SteadyTime now) noexcept { last_used_.store(now.time_since_epoch().count()); }
  [[nodiscard]] SteadyTime last_used() const noexcept;
  [[nodiscard]] bool is_busy() const;  // a stream is open or a call under way

  [[nodiscard]] bool open(const std::shared_ptr<jsonrpc::Reply>& reply, std::string endpoint = {});
  // Its own stream; endpoint: as in jsonrpc::Opening. False: there is one already.
  [[nodiscard]] std::shared_ptr<jsonrpc::Reply> on_own_stream(const jsonrpc::Id& id) const;
  // To the frame of that id. Dropped without an answer, it says that the frame failed.
  [[nodiscard]] Resumption resume(std::string_view event, const std::shared_ptr<jsonrpc::Reply>& reply);
  // Any of its streams, after the event of that id.
  [[nodiscard]] std::shared_ptr<jsonrpc::Reply> resumable(std::shared_ptr<jsonrpc::Reply> reply) const;
  // To a request: the same where the revision or the client has no streams to come back to.
  void tell(registry::Changed what, std::string_view uri);
  // Of what it has subscribed to and of every list, once it has agreed on a revision; without a stream, when one opens.
  [[nodiscard]] std::size_t kept_bytes() const noexcept { return streams_->kept_bytes(); }  // to come back for
  bool forget_half() { return streams_->forget_half(); }  // of them. False: there was nothing to forget
  std::optional<SteadyTime> expire(SteadyTime now);       // its questions, and what it keeps; when to look again
  struct Beat {
    bool is_dead = false;  // it answers no more
    std::optional<SteadyTime> next{};
  };
  Beat beat(SteadyTime now, Milliseconds interval);
  // [the alarm's thread] Asks a client that listens, and was not heard for that long, whether it is still there.
  void end(std::string_view why);  // of its stream and its questions

 private:
  [[nodiscard]] Numbering numbering() const noexcept;
  void watch(const std::shared_ptr<jsonrpc::Reply>& reply) const;

  const Kind kind_;
  const std::string id_;
  const std::string subject_, tenant_, owner_;
  const std::shared_ptr<protocol::Peer> peer_;
  const std::shared_ptr<Conversation> in_flight_;
  const std::shared_ptr<Streams> streams_;
  std::atomic<SteadyTime::rep> last_used_{0}, last_heard_{0};
  SteadyTime last_ping_{};  // this and the next are the alarm's thread's
  int unanswered_ = 0;
};

}  // namespace tomada::session

#pragma once
// Clients: the legacy clients of an endpoint: the one behind a pipe, or those that have a session over HTTP.
#include "core/protocol/answer.hpp"
#include "core/session/sessions.hpp"

#include <atomic>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

namespace tomada::session {

class Clients final {
 public:
  Clients(bool has_pipe, const Clock& clock, const std::shared_ptr<Alarm>& alarm, Milliseconds ping_interval = {});
  // ping_interval: of clients over HTTP that listen and say nothing; 0: they are never asked whether they are there.

  [[nodiscard]] const std::shared_ptr<Session>& pipe() const noexcept { return pipe_; }  // null: HTTP
  [[nodiscard]] std::shared_ptr<Session> begin(const Principal& owner);                  // null: no room for a session
  void end(const Session& session) { sessions_->end(session); }

  [[nodiscard]] std::optional<protocol::Problem> join(protocol::Request& request) const;
  // A request that names a session becomes part of it. Problem: there is no such session.
  [[nodiscard]] std::shared_ptr<Session> find(const jsonrpc::HeaderView& headers, jsonrpc::Reply& reply,
                                              const Principal& principal) const;
  // For GET and DELETE. Null: the reply has been answered.
  void open_stream(const jsonrpc::HeaderView& headers, const std::shared_ptr<jsonrpc::Reply>& reply,
                   const Principal& principal) const;

  void open_sse(const std::shared_ptr<jsonrpc::Reply>& reply, const Principal& principal) const;
  [[nodiscard]] std::shared_ptr<Session> find_sse(std::string_view id, jsonrpc::Reply& reply,
                                                  const Principal& principal) const;
  // HTTP+SSE: a stream that begins a session and ends it, and the session of that id. Null: the reply has been
  // answered.

  void tell(registry::Changed what, std::string_view uri) const;
  [[nodiscard]] std::size_t kept_bytes() const { return sessions_->kept_bytes(); }  // of events to come back for
  std::optional<SteadyTime> look();  // questions and sessions that ran out; when to look again
  void end_all();                    // streams and questions; nothing is opened any more

 private:
  void resume(Session& session, const jsonrpc::HeaderView& headers, const std::shared_ptr<jsonrpc::Reply>& reply) const;
  [[nodiscard]] std::vector<std::shared_ptr<Session>> everyone() const;

  void expect_pings() const;
  [[nodiscard]] std::optional<SteadyTime> ping();

  const Clock& clock_;
  const std::shared_ptr<Alarm> alarm_;
  const Milliseconds ping_interval_;
  const std::shared_ptr<Session> pipe_;
  const std::unique_ptr<Sessions> sessions_;
  const std::shared_ptr<Sessions> sse_;  // apart: no id of one kind means anything to the other
  std::atomic<bool> is_ending_{false};
};

}  // namespace tomada::session

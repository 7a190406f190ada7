#include "core/session/clients.hpp"

#include "core/protocol/headers.hpp"
#include "core/protocol/names.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace tomada::session {
namespace {

using jsonrpc::Code;

constexpr std::string_view must_take_events = "the Accept header must allow text/event-stream";
constexpr std::string_view shutting_down = "the server is shutting down";
constexpr std::string_view ended_stream = "this session is unknown or its stream has ended; open /sse again";
constexpr std::string_view unknown_session = "this session is unknown or has ended; send initialize again";

constexpr std::size_t most_sse_sessions = 1'000;  // each holds a connection
constexpr std::string_view unknown_event =
    "this Last-Event-ID is unknown, or what came after it is no longer kept; open the stream without it";

jsonrpc::Answer refusal(int status, Code code, std::string_view message) {
  return {status, jsonrpc::error_answer({}, code, message)};
}

}  // namespace

Clients::Clients(bool has_pipe, const Clock& clock, const std::shared_ptr<Alarm>& alarm, Milliseconds ping_interval)
    : clock_{clock},
      alarm_{alarm},
      ping_interval_{ping_interval},
      pipe_{has_pipe ? std::make_shared<Session>(Session::Kind::pipe, std::string{}, Principal{}, clock, alarm, nullptr)
                     : nullptr},
      sessions_{std::make_unique<MemorySessions>(clock, alarm)},
      sse_{std::make_shared<MemorySessions>(clock, alarm, SessionLimits{Session::Kind::sse, most_sse_sessions})} {}

std::shared_ptr<Session> Clients::begin(const Principal& owner) {
  return is_ending_ ? nullptr : sessions_->begin(owner);
}

std::optional<protocol::Problem> Clients::join(protocol::Request& request) const {
  if (pipe_) return std::nullopt;
  const auto id = request.headers.find(protocol::names::session_header);
  if (!id) return std::nullopt;
  if (auto problem = protocol::ambiguity(request.headers, protocol::names::session_header)) return problem;
  const auto session = sessions_->find(*id, *request.principal);
  if (!session) return protocol::Problem{Code::session_not_found, 404, std::string{unknown_session}, {}};
  request.in_flight = session->in_flight();
  request.peer = session->peer();
  request.revision = session->peer()->agreed();
  const auto kind = request.message->kind();
  if (kind == jsonrpc::Kind::request || kind == jsonrpc::Kind::batch)
    request.reply = session->resumable(std::move(request.reply));
  return std::nullopt;
}

std::shared_ptr<Session> Clients::find(const jsonrpc::HeaderView& headers, jsonrpc::Reply& reply,
                                       const Principal& principal) const {
  const auto id = headers.find(protocol::names::session_header);
  auto found = id ? sessions_->find(*id, principal) : nullptr;
  if (!id) reply.answer(refusal(405, Code::invalid_request, "without a session the MCP endpoint takes POST only"));
  if (id && !found) reply.answer(refusal(404, Code::session_not_found, unknown_session));
  return found;
}

void Clients::open_stream(const jsonrpc::HeaderView& headers, const std::shared_ptr<jsonrpc::Reply>& reply,
                          const Principal& principal) const {
  const auto session = find(headers, *reply, principal);
  if (!session) return;
  if (!reply->takes_notices()) {
    return reply->answer(refusal(406, Code::invalid_request, must_take_events));
  }
  if (is_ending_) return reply->answer(refusal(503, Code::internal_error, shutting_down));
  if (const auto event = headers.find(protocol::names::last_event_header); event && !event->empty())
    return resume(*session, headers, reply);
  if (session->open(reply)) return expect_pings();
  reply->answer(refusal(409, Code::invalid_request, "this session has its stream already, and may have one"));
}

// 404 would make the client give the whole session up.
void Clients::resume(Session& session, const jsonrpc::HeaderView& headers,
                     const std::shared_ptr<jsonrpc::Reply>& reply) const {
  const auto name = protocol::names::last_event_header;
  const bool is_ambiguous = headers.is_ambiguous(name);
  switch (is_ambiguous ? Resumption::unknown : session.resume(*headers.find(name), reply)) {
    case Resumption::resumed:
      return expect_pings();
    case Resumption::over:
      return reply->answer({204, {}});
    case Resumption::unknown:
      return reply->answer(refusal(400, Code::invalid_request, unknown_event));
  }
}

void Clients::open_sse(const std::shared_ptr<jsonrpc::Reply>& reply, const Principal& principal) const {
  if (!reply->takes_notices()) return reply->answer(refusal(406, Code::invalid_request, must_take_events));
  if (is_ending_) return reply->answer(refusal(503, Code::internal_error, shutting_down));
  const auto session = sse_->begin(principal);
  if (!session) return reply->answer(refusal(503, Code::internal_error, "too many clients listen here; use /mcp"));
  (void)session->open(reply, "/messages?sessionId=" + session->id());
  expect_pings();
  reply->on_disconnect([sessions = std::weak_ptr{sse_}, gone = std::weak_ptr{session}] {
    const auto all = sessions.lock();
    const auto one = gone.lock();
    if (all && one) all->end(*one);
  });
}

std::shared_ptr<Session> Clients::find_sse(std::string_view id, jsonrpc::Reply& reply,
                                           const Principal& principal) const {
  auto found = id.empty() ? nullptr : sse_->find(id, principal);
  if (id.empty()) reply.answer(refusal(400, Code::invalid_request, "the query must name one sessionId"));
  if (!id.empty() && !found) reply.answer(refusal(404, Code::session_not_found, ended_stream));
  return found;
}

std::vector<std::shared_ptr<Session>> Clients::everyone() const {
  if (pipe_) return {pipe_};
  auto out = sessions_->all();
  for (auto& one : sse_->all()) out.push_back(std::move(one));
  return out;
}

void Clients::tell(registry::Changed what, std::string_view uri) const {
  for (const auto& session : everyone()) session->tell(what, uri);
}

std::optional<SteadyTime> Clients::look() {
  auto next = sessions_->expire();
  sessions_->relieve();
  for (const auto& session : everyone()) next = earlier(next, session->expire(clock_.steady_now()));
  return earlier(next, ping());
}

void Clients::expect_pings() const {
  if (ping_interval_.count() > 0) alarm_->wake_at(clock_.steady_now() + ping_interval_);
}

std::optional<SteadyTime> Clients::ping() {
  std::optional<SteadyTime> next;
  if (pipe_ || ping_interval_.count() <= 0) return next;
  for (const auto& session : everyone()) {
    const auto beat = session->beat(clock_.steady_now(), ping_interval_);
    next = earlier(next, beat.next);
    if (!beat.is_dead) continue;
    sessions_->end(*session);
    sse_->end(*session);
  }
  return next;
}

void Clients::end_all() {
  is_ending_ = true;
  for (const auto& session : everyone()) session->end(shutting_down);
}

}  // namespace tomada::session

// A frame is parsed, named (correlation), routed to an era, and answered there. Over HTTP a legacy frame may belong to
// a session; everything else is forgotten with its answer. A pipe is one session in which both eras may be spoken at
// once.
#include "core/session/endpoint.hpp"

#include "core/base/id.hpp"
#include "core/base/text.hpp"
#include "core/jsonrpc/error.hpp"
#include "core/protocol/announcer.hpp"
#include "core/protocol/answer.hpp"
#include "core/protocol/headers.hpp"
#include "core/protocol/legacy/handler.hpp"
#include "core/protocol/modern/handler.hpp"
#include "core/protocol/names.hpp"
#include "core/session/batch.hpp"
#include "core/session/clients.hpp"
#include "core/session/introduction.hpp"
#include "core/session/meter.hpp"
#include "core/trace/context.hpp"

#include <algorithm>
#include <utility>

namespace tomada::session {
namespace {

using jsonrpc::Code;
using jsonrpc::Kind;
using protocol::Request;
using Reply = std::shared_ptr<jsonrpc::Reply>;

void name_request(Request& request) {
  const auto* meta = request.message->meta();
  const auto* received = meta ? json::find_string(*meta, "traceparent") : nullptr;
  if (!received) {
    request.correlation = random_hex(16);
    return;
  }
  const auto text = text::trim(json::view(*received));
  request.correlation = trace::from_traceparent(text).trace_id;
  if (text.substr(0, 35).ends_with(request.correlation)) request.traceparent = text;  // else it was junk
}

std::optional<protocol::Problem> unreadable_problem(const jsonrpc::Message& message) {
  if (!message.is_json())
    return protocol::Problem{Code::parse_error, 400, text::concat({"the frame is not JSON: ", message.problem()}), {}};
  if (message.kind() == Kind::invalid) return invalid_request(message.problem());
  return std::nullopt;
}

// A notification that makes no sense: its sender could not tell whose answer a refusal is.
void drop(const Request& request, const protocol::Problem& problem) {
  report(request, protocol::Ending::error, {}, static_cast<int>(problem.code), problem.message);
  request.reply->answer({202, {}});
}

// The revision that an unreadable frame is answered in, and that a batch needs.
const protocol::Revision* header_revision(const jsonrpc::HeaderView& headers) noexcept {
  const auto header = headers.find(protocol::names::version_header);
  return header ? protocol::find_revision(*header) : &protocol::headerless_legacy();
}

}  // namespace

struct Endpoint::State {
  State(protocol::Service& given, Transport transport, json::Limits frame_limits, log::Logger& logger,
        metrics::Registry& metrics, Milliseconds ping_interval)
      : service{given},
        limits{frame_limits},
        log{logger},
        transport_name{transport == Transport::stdio ? "stdio" : "http"},
        meter{std::make_shared<Meter>(logger, metrics, given.clock)},
        methods{given},
        modern{methods},
        legacy{methods},
        alarm{std::make_shared<Alarm>(given.clock, [this] { return look(); })},
        clients{std::make_shared<Clients>(transport == Transport::stdio, given.clock, alarm, ping_interval)} {
    metrics.collect("tomada_session_kept_bytes", "Events kept for clients that may come back to a stream.",
                    [kept = std::weak_ptr{clients}] {
                      const auto alive = kept.lock();
                      return alive ? static_cast<double>(alive->kept_bytes()) : 0.0;
                    });
    if (given.changes) announcer.emplace(*given.changes, given.clock, alarm, announcing());
  }
  ~State() {
    alarm->stop();
    clients->end_all();  // a question that still waits holds its call, and the call its client
  }

  Request request(std::shared_ptr<jsonrpc::Message> message, const jsonrpc::HeaderView& headers, Reply reply,
                  std::shared_ptr<const Principal> principal);
  void receive(Request request);
  void receive_on(const Session& session, Request request);
  void route(Request request);
  void initialize(Request request);
  [[nodiscard]] bool join(Request& request) const;
  void receive_batch(const Request& request);
  [[nodiscard]] protocol::Announcer::Announce announcing();
  [[nodiscard]] std::optional<SteadyTime> look();
  void fail(jsonrpc::Reply& reply, const jsonrpc::Id& id, std::string_view reason) noexcept;

  protocol::Service& service;
  const json::Limits limits;
  log::Logger& log;
  const std::string_view transport_name;
  const std::shared_ptr<Meter> meter;
  protocol::Methods methods;
  protocol::modern::Handler modern;
  protocol::legacy::Handler legacy;
  const std::shared_ptr<Alarm> alarm;
  const std::shared_ptr<Clients> clients;
  std::optional<protocol::Announcer> announcer;
};

Request Endpoint::State::request(std::shared_ptr<jsonrpc::Message> message, const jsonrpc::HeaderView& headers,
                                 Reply reply, std::shared_ptr<const Principal> principal) {
  Request out{std::move(message), headers, std::move(reply), std::move(principal), nullptr, transport_name};
  const auto& pipe = clients->pipe();
  if (pipe) {
    out.in_flight = pipe->in_flight();
    out.peer = pipe->peer();
  }
  out.observer = meter;
  out.revision = pipe ? pipe->peer()->agreed() : header_revision(headers);
  out.started = service.clock.steady_now();
  name_request(out);
  return out;
}

void Endpoint::State::receive(Request request) {
  const auto& message = *request.message;
  if (const auto problem = unreadable_problem(message)) {
    if (clients->pipe() && message.expects_no_answer()) return drop(request, *problem);
    const bool is_modern = message.is_json() && protocol::modern::Handler::recognises(message, request.headers);
    if (is_modern) request.revision = &protocol::modern_revision();
    return refuse(request, *problem);
  }
  if (const auto problem = protocol::ambiguity(request.headers, protocol::names::version_header)) {
    return refuse(request, *problem);  // it belongs to no era
  }
  if (message.kind() == Kind::batch) {
    if (join(request)) receive_batch(request);
    return;
  }
  route(std::move(request));
}

// HTTP+SSE: what can be read at all is answered on the stream.
void Endpoint::State::receive_on(const Session& session, Request request) {
  if (const auto problem = unreadable_problem(*request.message)) return refuse(request, *problem);
  const auto taken = std::exchange(request.reply, session.on_own_stream(request.message->id()));
  taken->answer({202, {}});
  request.in_flight = session.in_flight();
  request.peer = session.peer();
  request.revision = session.peer()->agreed();
  if (request.message->kind() == Kind::batch) return receive_batch(request);
  legacy.handle(std::move(request));
}

void Endpoint::State::route(Request request) {
  if (protocol::modern::Handler::recognises(*request.message, request.headers))
    return modern.handle(std::move(request));
  if (!clients->pipe() && request.message->method() == protocol::names::initialize)
    return initialize(std::move(request));
  if (join(request)) legacy.handle(std::move(request));
}

// A client that finds no room for a session is served without one.
void Endpoint::State::initialize(Request request) {
  const auto session = clients->begin(*request.principal);
  if (!session) return legacy.handle(std::move(request));
  request.peer = session->peer();
  request.reply = introduce(std::move(request.reply), session);
  legacy.handle(std::move(request));
  if (!session->peer()->agreed()) clients->end(*session);
}

// False: it names a session that is not there, and has been answered.
bool Endpoint::State::join(Request& request) const {
  const auto problem = clients->join(request);
  if (problem) refuse(request, *problem);
  return !problem;
}

void Endpoint::State::receive_batch(const Request& request) {
  auto frames = frames_of(request.message);
  if (const auto problem = batch_problem(request, frames)) return refuse(request, *problem);
  const auto batch = std::make_shared<Batch>(request.reply, frames.size());
  for (auto& frame : frames) {
    auto element = this->request(std::move(frame), request.headers, reply_into(batch), request.principal);
    element.in_flight = request.in_flight;
    element.peer = request.peer;
    element.revision = request.revision;
    if (element.message->method() == protocol::names::initialize) {
      refuse(element, invalid_request("initialize cannot be part of a batch"));
    } else {
      legacy.handle(std::move(element));
    }
  }
}

std::optional<SteadyTime> Endpoint::State::look() {
  const auto changes = announcer ? announcer->look() : std::nullopt;
  const auto others = clients->look();
  if (!changes || !others) return changes ? changes : others;
  return std::min(*changes, *others);
}

// Captures weakly: a thread that tells of a change may be inside when the endpoint goes.
protocol::Announcer::Announce Endpoint::State::announcing() {
  return [streams = std::weak_ptr{modern.subscriptions()}, clients = std::weak_ptr{clients}](registry::Changed what,
                                                                                             std::string_view uri) {
    if (const auto hearing = streams.lock()) hearing->announce(what, uri);
    if (const auto older = clients.lock()) older->tell(what, uri);
  };
}

void Endpoint::State::fail(jsonrpc::Reply& reply, const jsonrpc::Id& id, std::string_view reason) noexcept {
  log.error("a frame could not be handled", {{"problem", reason}});
  reply.answer({200, jsonrpc::error_answer(id, Code::internal_error, "internal error")});
}

Endpoint::Endpoint(protocol::Service& service, Transport transport, json::Limits limits, log::Logger& log,
                   metrics::Registry& metrics, Milliseconds ping_interval)
    : state_{std::make_unique<State>(service, transport, limits, log, metrics, ping_interval)} {}

Endpoint::~Endpoint() = default;

void Endpoint::start() { state_->alarm->start(); }
void Endpoint::end_streams() {
  state_->modern.subscriptions()->end_all();
  state_->clients->end_all();
}
std::optional<SteadyTime> Endpoint::look() { return state_->look(); }

void Endpoint::receive(std::string_view frame, const jsonrpc::HeaderView& headers, Reply reply,
                       std::shared_ptr<const Principal> principal) {
  jsonrpc::Id id;
  try {
    auto message = jsonrpc::Message::parse(frame, state_->limits);
    id = message->id();
    state_->receive(state_->request(std::move(message), headers, reply, std::move(principal)));
  } catch (const std::exception& bug) {
    state_->fail(*reply, id, bug.what());
  }
}

void Endpoint::attach(const Reply& outlet) {
  if (const auto& pipe = state_->clients->pipe()) (void)pipe->open(outlet);
}

void Endpoint::open_stream(const jsonrpc::HeaderView& headers, const Reply& reply, const Principal& principal) {
  state_->clients->open_stream(headers, reply, principal);
}

void Endpoint::open_sse(const Reply& reply, const Principal& principal) { state_->clients->open_sse(reply, principal); }

void Endpoint::receive_sse(std::string_view session, std::string_view frame, const jsonrpc::HeaderView& headers,
                           const Reply& reply, const std::shared_ptr<const Principal>& principal) {
  const auto found = state_->clients->find_sse(session, *reply, *principal);
  if (!found) return;
  try {
    auto message = jsonrpc::Message::parse(frame, state_->limits);
    state_->receive_on(*found, state_->request(std::move(message), headers, reply, principal));
  } catch (const std::exception& bug) {
    state_->fail(*reply, {}, bug.what());
  }
}

void Endpoint::end_session(const jsonrpc::HeaderView& headers, const Reply& reply, const Principal& principal) {
  const auto session = state_->clients->find(headers, *reply, principal);
  if (!session) return;
  state_->clients->end(*session);
  reply->answer({204, {}});
}

void Endpoint::unreadable(std::string_view problem, Reply reply, std::shared_ptr<const Principal> principal) {
  try {
    const auto nothing = jsonrpc::Message::parse({}, state_->limits);
    const auto request = state_->request(nothing, jsonrpc::NoHeaders{}, reply, std::move(principal));
    refuse(request, {Code::parse_error, 400, std::string{problem}, {}});
  } catch (const std::exception& bug) {
    state_->fail(*reply, {}, bug.what());
  }
}

}  // namespace tomada::session

// A frame is parsed, named (correlation), routed to an era, and answered there. Over HTTP nothing is remembered between
// two frames; a pipe is one conversation in which both eras may be spoken at once.
#include "core/session/endpoint.hpp"

#include "core/base/id.hpp"
#include "core/base/text.hpp"
#include "core/jsonrpc/error.hpp"
#include "core/protocol/answer.hpp"
#include "core/protocol/headers.hpp"
#include "core/protocol/legacy/handler.hpp"
#include "core/protocol/methods.hpp"
#include "core/protocol/modern/handler.hpp"
#include "core/protocol/names.hpp"
#include "core/session/batch.hpp"
#include "core/session/conversation.hpp"
#include "core/session/meter.hpp"
#include "core/trace/context.hpp"

namespace tomada::session {
namespace {

using jsonrpc::Code;
using jsonrpc::Kind;
using protocol::Request;
using Reply = std::shared_ptr<jsonrpc::Reply>;

constexpr std::size_t most_batch_frames = 64;

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

protocol::Problem invalid_request(std::string message) { return {Code::invalid_request, 400, std::move(message), {}}; }

// The revision that an unreadable frame is answered in, and that a batch needs.
const protocol::Revision* header_revision(const jsonrpc::HeaderView& headers) noexcept {
  const auto header = headers.find(protocol::names::version_header);
  return header ? protocol::find_revision(*header) : &protocol::headerless_legacy();
}

}  // namespace

struct Endpoint::State {
  State(protocol::Service& given, Transport transport, json::Limits frame_limits, log::Logger& logger,
        metrics::Registry& metrics)
      : service{given},
        limits{frame_limits},
        log{logger},
        transport_name{transport == Transport::stdio ? "stdio" : "http"},
        meter{std::make_shared<Meter>(logger, metrics, given.clock)},
        methods{given},
        modern{methods},
        legacy{methods},
        conversation{transport == Transport::stdio ? std::make_shared<Conversation>() : nullptr} {}

  Request request(std::shared_ptr<jsonrpc::Message> message, const jsonrpc::HeaderView& headers, Reply reply,
                  std::shared_ptr<const Principal> principal);
  void receive(Request request);
  void route(Request request);
  void receive_batch(const Request& request);
  [[nodiscard]] std::optional<protocol::Problem> batch_problem(
      const Request& request, const std::vector<std::shared_ptr<jsonrpc::Message>>& frames) const;
  void fail(jsonrpc::Reply& reply, const jsonrpc::Id& id, std::string_view reason) noexcept;

  protocol::Service& service;
  const json::Limits limits;
  log::Logger& log;
  const std::string_view transport_name;
  const std::shared_ptr<Meter> meter;
  protocol::Methods methods;
  protocol::modern::Handler modern;
  protocol::legacy::Handler legacy;
  const std::shared_ptr<Conversation> conversation;  // null: HTTP, where nothing is remembered
};

Request Endpoint::State::request(std::shared_ptr<jsonrpc::Message> message, const jsonrpc::HeaderView& headers,
                                 Reply reply, std::shared_ptr<const Principal> principal) {
  Request out{std::move(message), headers, std::move(reply), std::move(principal), conversation, transport_name};
  out.observer = meter;
  out.revision = conversation ? conversation->agreed() : header_revision(headers);
  out.started = service.clock.steady_now();
  name_request(out);
  return out;
}

void Endpoint::State::receive(Request request) {
  const auto& message = *request.message;
  if (!message.is_json()) {
    return refuse(request, {Code::parse_error, 400, text::concat({"the frame is not JSON: ", message.problem()}), {}});
  }
  if (message.kind() == Kind::invalid) {
    if (protocol::modern::Handler::recognises(message, request.headers))
      request.revision = &protocol::modern_revision();
    return refuse(request, invalid_request(message.problem()));
  }
  if (const auto problem = protocol::ambiguity(request.headers, protocol::names::version_header)) {
    return refuse(request, *problem);  // it belongs to no era
  }
  if (message.kind() == Kind::batch) return receive_batch(request);
  route(std::move(request));
}

void Endpoint::State::route(Request request) {
  if (protocol::modern::Handler::recognises(*request.message, request.headers))
    return modern.handle(std::move(request));
  const auto* agreed = legacy.handle(std::move(request));
  if (agreed && conversation) conversation->agree_on(*agreed);
}

std::optional<protocol::Problem> Endpoint::State::batch_problem(
    const Request& request, const std::vector<std::shared_ptr<jsonrpc::Message>>& frames) const {
  if (!request.revision || !request.revision->has_batches) {
    return invalid_request("this protocol version has no batches; send one frame at a time");
  }
  if (auto problem = protocol::unacceptable(request.headers)) return problem;
  for (const auto& frame : frames) {
    if (frame->kind() == Kind::invalid) return invalid_request(text::concat({"in a batch: ", frame->problem()}));
    if (protocol::modern::Handler::recognises(*frame, jsonrpc::NoHeaders{})) {
      return invalid_request("a batch cannot hold requests of a protocol version without batches");
    }
  }
  return std::nullopt;
}

void Endpoint::State::receive_batch(const Request& request) {
  const auto count = request.message->root().get_array().size();
  if (count > most_batch_frames) {
    return refuse(
        request,
        invalid_request(text::concat({"a batch may hold at most ", std::to_string(most_batch_frames), " frames"})));
  }
  std::vector<std::shared_ptr<jsonrpc::Message>> frames;
  for (std::size_t i = 0; i < count; ++i) frames.push_back(jsonrpc::Message::element(request.message, i));
  if (const auto problem = batch_problem(request, frames)) return refuse(request, *problem);
  const auto batch = std::make_shared<Batch>(request.reply, count);
  for (auto& frame : frames) {
    auto element = this->request(std::move(frame), request.headers, reply_into(batch), request.principal);
    if (element.message->method() == protocol::names::initialize) {
      refuse(element, invalid_request("initialize cannot be part of a batch"));
    } else {
      route(std::move(element));
    }
  }
}

void Endpoint::State::fail(jsonrpc::Reply& reply, const jsonrpc::Id& id, std::string_view reason) noexcept {
  log.error("a frame could not be handled", {{"problem", reason}});
  reply.answer({200, jsonrpc::error_answer(id, Code::internal_error, "internal error")});
}

Endpoint::Endpoint(protocol::Service& service, Transport transport, json::Limits limits, log::Logger& log,
                   metrics::Registry& metrics)
    : state_{std::make_unique<State>(service, transport, limits, log, metrics)} {}

Endpoint::~Endpoint() = default;

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

// The request side of a connection: what a complete head and a complete request lead to, and how answers come back.
#include "core/jsonrpc/error.hpp"
#include "core/jsonrpc/message.hpp"
#include "transports/http/connection.hpp"

#include <utility>

namespace tomada::http {
namespace {

constexpr std::size_t most_unread_events = 1u << 20;  // beyond it a reader is too slow

}  // namespace

void Connection::on_head() {
  const Head& head = reader_.head();
  decision_ = around_.router.decide(head);
  if (around_.options.doorkeeper && decision_.needs_principal) identify();
  if (around_.options.limits && decision_.purpose == Purpose::receive) hold_back();
  if (head.is_too_large && decision_.purpose != Purpose::refuse) {
    decision_ = Decision{Purpose::refuse, {413, reader_.too_large(), {}, false, false}, nullptr, {}};
  }
  framing_ = around_.router.framing(head);
  set_deadline(around_.options.body_timeout);
  if (decision_.purpose != Purpose::receive) reader_.drop_body();
  if (head.expect.empty() || !head.is_http_11 || reader_.is_complete() || reader_.buffered() > 0) return;
  if (decision_.purpose == Purpose::refuse) {
    // The client waits with its body; whether it will send it after a refusal cannot be known.
    decision_.refusal.ends_connection = true;
    return refuse(decision_.refusal, framing_);
  }
  out_ += "HTTP/1.1 100 Continue\r\n\r\n";
}

void Connection::identify() {
  const auto& shown = visitor_.show(reader_.head().authorization, *around_.options.doorkeeper, around_.now);
  principal_ = shown.principal;
  if (principal_) return;
  const bool is_outside_mcp = decision_.purpose == Purpose::route || decision_.refusal.is_outside_mcp;
  turn_away(
      {shown.status, std::string{shown.reason}, {}, false, is_outside_mcp, shown.challenge, shown.retry_after_seconds});
}

void Connection::hold_back() {
  const auto wait = around_.options.limits->flood(visitor_.network());
  if (!wait) return;
  const auto seconds = static_cast<int>(std::chrono::ceil<std::chrono::seconds>(*wait).count());
  turn_away({429, "too many calls from this address; wait as Retry-After says", {}, false, false, {}, seconds});
}

void Connection::turn_away(Refusal refusal) {
  decision_ = Decision{};
  decision_.refusal = std::move(refusal);
}

void Connection::on_complete() {
  switch (decision_.purpose) {
    case Purpose::receive:
      return hand_over();
    case Purpose::refuse:
      return refuse(decision_.refusal, framing_);
    case Purpose::route: {
      auto answer = decision_.route->answer();
      return respond(Response{answer.status, std::move(answer.content_type), std::move(answer.body), {}, 0}, framing_);
    }
    case Purpose::preflight:
      framing_.keeps_alive = framing_.keeps_alive && !around_.is_draining;
      write_preflight(out_, decision_.allow, framing_);
      around_.tally.answered(204);
      return finish_request();
  }
}

void Connection::hand_over() {
  phase_ = Phase::waiting;
  set_deadline(around_.options.silence);
  is_concluded_ = false;
  ++request_number_;
  auto reply = std::make_shared<PendingReply>(around_.mailbox, weak_from_this(), request_number_, around_.thread,
                                              framing_.accepts_events);
  reply_ = reply;
  is_receiving_ = true;
  hear(std::move(reply));
  is_receiving_ = false;
  if (is_concluded_) finish_request();
}

void Connection::hear(std::shared_ptr<jsonrpc::Reply> reply) {
  const RequestHeaders headers{reader_.fields(), reader_.head(), visitor_.network()};
  if (decision_.door == Door::sse) return around_.receiver->open_sse(reply, *principal_);
  if (decision_.door == Door::messages) {
    const auto session = session_in(reader_.head().query);
    return around_.receiver->receive_sse(session, reader_.body(), headers, reply, principal_);
  }
  switch (reader_.head().method) {
    case Verb::get:
      return around_.receiver->open_stream(headers, reply, *principal_);
    case Verb::delete_:
      return around_.receiver->end_session(headers, reply, *principal_);
    default:
      return around_.receiver->receive(reader_.body(), headers, std::move(reply), principal_);
  }
}

void Connection::take(Letter letter) {
  const bool is_awaited = phase_ == Phase::waiting || phase_ == Phase::streaming;
  if (!is_awaited || is_concluded_ || letter.request != request_number_) return;
  switch (letter.news) {
    case News::beginning:
      begin_stream({std::move(letter.content.event), std::move(letter.content.body)});
      break;
    case News::notification:
      stream(letter.content, Weight::whole);
      break;
    case News::remark:
      stream(letter.content, Weight::light);
      break;
    case News::answer:
      conclude(std::move(letter.content));
      break;
    case News::dropped:
      conclude(answer_to_dropped());
      break;
  }
  if (is_receiving_) return;  // hand_over() continues
  if (is_concluded_) finish_request();
  pump();
}

// A receiver's bug or a call lost at the end of the program: a client that waits for its id must not wait for ever.
jsonrpc::Answer Connection::answer_to_dropped() {
  const auto message = jsonrpc::Message::parse(reader_.body(), json::Limits{128, around_.options.max_body_bytes});
  const bool is_awaited = message->kind() != jsonrpc::Kind::notification && message->kind() != jsonrpc::Kind::response;
  if (!is_awaited) return {202, {}, 0};
  constexpr std::string_view reason = "internal error: the request was dropped";
  around_.tally.refused(500, reason, peer_, around_.now);
  return {500, jsonrpc::error_answer(message->id(), jsonrpc::Code::internal_error, reason), 0};
}

void Connection::begin_stream(const jsonrpc::Opening& opening) {
  if (phase_ == Phase::streaming) return;
  phase_ = Phase::streaming;
  deadline_ = SteadyTime::max();
  framing_.keeps_alive = framing_.keeps_alive && framing_.is_http_11 && !around_.is_draining;
  write_stream_head(out_, framing_);
  write_opening(out_, opening, framing_);
  last_event_ = around_.now;
}

// A stream with something left out would look whole: its client comes back for the rest, or asks anew.
void Connection::stream(const jsonrpc::Answer& event, Weight weight) {
  if (!framing_.accepts_events) return;
  const bool is_slow = out_.size() > most_unread_events;
  if (is_slow) return weight == Weight::whole ? close() : void();
  begin_stream({});
  write_event(out_, event.body, event.event, framing_);
  last_event_ = around_.now;
}

void Connection::conclude(jsonrpc::Answer answer) {
  is_concluded_ = true;
  if (phase_ == Phase::streaming) {
    if (!answer.body.empty()) write_event(out_, answer.body, answer.event, framing_);
    write_stream_end(out_, framing_);
    around_.tally.answered(200);
    return;
  }
  const int status = answer.body.empty() && answer.status == 200 ? 202 : answer.status;
  framing_.keeps_alive = framing_.keeps_alive && !around_.is_draining;
  Response response{status, "application/json", std::move(answer.body), {}, answer.retry_after_seconds};
  if (status == 405) response.allow = "POST";
  response.session = std::move(answer.session);
  compress(response);
  write(out_, response, framing_);
  around_.tally.answered(status);
}

// What was going to be refused is refused for its own reason.
void Connection::give_up_request(int status, std::string reason) {
  Refusal refusal{status, std::move(reason), {}, true, false};
  Framing framing;
  if (reader_.is_past_head() && decision_.purpose == Purpose::refuse) {
    refusal = decision_.refusal;
    refusal.ends_connection = true;
    framing = framing_;
  }
  refuse(refusal, framing);
}

void Connection::refuse(const Refusal& refusal, Framing framing) {
  around_.tally.refused(refusal.status, refusal.reason, peer_, around_.now);
  if (refusal.ends_connection) framing.keeps_alive = false;
  respond(response_of(refusal), framing);
}

void Connection::compress(Response& response) const {
  if (!framing_.accepts_gzip || !around_.options.compresses || response.body.size() < Gzip::least_bytes) return;
  auto smaller = around_.gzip.compress(response.body);
  if (smaller.empty()) return;
  response.body = std::move(smaller);
  response.is_gzip = true;
}

void Connection::respond(Response response, const Framing& framing) {
  framing_ = framing;
  compress(response);
  framing_.keeps_alive = framing_.keeps_alive && !around_.is_draining;
  write(out_, response, framing_);
  around_.tally.answered(response.status);
  finish_request();
}

void Connection::finish_request() {
  if (!framing_.keeps_alive || around_.is_draining) {  // a stream may have begun before the draining did
    phase_ = Phase::ending;
    return;
  }
  framing_ = Framing{};
  decision_ = Decision{};
  reader_.next();
  phase_ = Phase::reading;
  set_deadline(reader_.buffered() > 0 ? around_.options.header_timeout : around_.options.idle_timeout);
}

}  // namespace tomada::http

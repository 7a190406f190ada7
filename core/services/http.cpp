// tomada.http/1: requests to the upstreams that the instance's settings name, under the deadline, the stop token and
// the trace of the call. Pooling, limits, retries and shared answers are the upstream client's.
#include "core/base/id.hpp"
#include "core/base/text.hpp"
#include "core/json/reader.hpp"
#include "core/json/writer.hpp"
#include "core/services/offer.hpp"
#include <tomada/http.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstring>

namespace tomada::services {
namespace {

using Receive = void (*)(void* context, const tomada_http_response* response);

std::string lower_case(std::string_view text) {
  std::string out{text};
  for (auto& c : out) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return out;
}

// The call's correlation is the trace id; each request is a span of its own.
std::string make_traceparent(const registry::CallRequest& call) {
  if (call.correlation.size() != 32) return call.traceparent;
  const bool is_unsampled = call.traceparent.ends_with("-00");
  return text::concat({"00-", call.correlation, "-", random_hex(8), is_unsampled ? "-00" : "-01"});
}

Result<void> read_headers(std::string_view text, upstream::Request& to) {
  if (text.empty()) return {};
  const auto value = json::read(text);
  if (!value || !value->is_object()) return failure(ErrorCode::invalid_argument, "the headers are no JSON object");
  for (const auto& header : value->get_object()) {
    const auto* content = header.value().if_string();
    if (!content) return failure(ErrorCode::invalid_argument, "a header's value is no string");
    to.headers.emplace_back(header.key(), json::view(*content));
  }
  return {};
}

// As much of the request as the plugin's struct has, the rest zero.
tomada_http_request whole(const tomada_http_request& raw) {
  tomada_http_request out{};
  std::memcpy(&out, &raw, std::min<std::size_t>(raw.size, sizeof out));
  return out;
}

Result<upstream::Request> to_request(const Offer& offer, const tomada_http_request& raw, plugin::CallFace* face) {
  upstream::Request out;
  out.upstream = view(raw.upstream);
  out.http_method = view(raw.method);
  out.path = view(raw.path);
  out.body = view(raw.body);
  out.account = view(raw.account);
  out.method = view(raw.operation);
  out.cache_key = view(raw.cache_key);
  out.is_idempotent = raw.flags & TOMADA_HTTP_IDEMPOTENT;
  out.wants_fresh = raw.flags & TOMADA_HTTP_FRESH;
  out.is_background = raw.flags & TOMADA_HTTP_BACKGROUND;
  if (const auto headers = read_headers(view(raw.headers), out); !headers) return headers.error();
  if (raw.timeout_ms > 0 && offer.reach().clock) {
    out.deadline = offer.reach().clock->steady_now() + Milliseconds{raw.timeout_ms};
  }
  const auto served = face ? face->served() : nullptr;
  if (!served) return out;
  const auto& call = *served;
  const auto latest = call.deadline.load();
  if (latest < out.deadline.value_or(registry::Call::no_deadline)) out.deadline = latest;
  out.stop = call.stop_token();
  out.traceparent = make_traceparent(call.request());
  return out;
}

Result<upstream::Response> fetch_granted(const Offer& offer, const tomada_http_request& raw, plugin::CallFace* face) {
  const auto name = view(raw.upstream);
  if (!offer.may_reach(name)) return offer.not_given(name);
  if (offer.reach().databases && offer.reach().databases->knows(name)) {
    return failure(ErrorCode::invalid_argument, text::concat({"the upstream \"", name, "\" is a database"}), {},
                   "name one whose url begins with https://");
  }
  if (!offer.reach().upstreams) return failure(ErrorCode::unreachable, "this server has no upstream client");
  const auto request = to_request(offer, raw, face);
  if (!request) return request.error();
  return offer.reach().upstreams->fetch(*request);
}

std::string headers_text(const upstream::Response& response) {
  json::object out;
  for (const auto& [name, value] : response.headers) {
    auto& member = out[json::key(lower_case(name))];
    if (auto* earlier = member.if_string()) {
      earlier->append(", ").append(value);
    } else {
      member = value;
    }
  }
  return json::text(out);
}

// So that the answer of the call can say how old its facts are.
void note_age(plugin::CallFace* face, const tomada_http_response& response) {
  if (!face || response.read_at_ms <= 0) return;
  const auto oldest = face->oldest_read_ms.load();
  if (oldest == 0 || response.read_at_ms < oldest) face->oldest_read_ms = response.read_at_ms;
  if (!response.shared) face->has_asked = true;
  face->refresh_in_ms = std::max(face->refresh_in_ms.load(), response.refresh_in_ms);
}

void push_failure(const std::string& reason, void* context, Receive receive) {
  tomada_http_response out{};
  out.size = sizeof out;
  out.body = lend(reason);
  receive(context, &out);
}

void push_response(const upstream::Response& response, plugin::CallFace* face, void* context, Receive receive) {
  const auto headers = headers_text(response);
  tomada_http_response out{};
  out.size = sizeof out;
  out.status = response.status;
  out.headers = lend(headers);
  out.body = lend(response.body);
  out.shared = response.is_shared;
  out.age_ms = response.age.count();
  out.read_at_ms = unix_ms(response.read_at);
  out.refresh_in_ms = response.refresh_in.value_or(Milliseconds{0}).count();
  note_age(face, out);
  receive(context, &out);
}

// A fault inside an answer is the ERP's word on the question; these are not.
bool is_broken(int status) noexcept { return status == 429 || (status >= 502 && status <= 504); }

void note_failure(plugin::CallFace& face, const Result<upstream::Response>& response) noexcept {
  if (response) {
    if (is_broken(response->status)) face.has_upstream_failed = true;
    return;
  }
  const auto code = response.error().code;
  if (code == ErrorCode::unreachable) face.is_unreachable = true;
  if (code == ErrorCode::unreachable || code == ErrorCode::timeout || code == ErrorCode::busy)
    face.has_upstream_failed = true;
}

void fetch_upstream(const tomada_host* host, tomada_call* call, const tomada_http_request* raw, void* context,
                    Receive receive) {
  const auto& offer = offer_of(host);
  auto* face = plugin::face_of(call);
  const Result<upstream::Response> trouble{
      failure(ErrorCode::internal, "the request failed; the server's log says why")};
  const auto response =
      guarded(offer, "a plugin's request failed", trouble, [&] { return fetch_granted(offer, whole(*raw), face); });
  const bool is_told = guarded(offer, "a plugin did not take an answer", false, [&] {
    if (response) push_response(*response, face, context, receive);
    return response.has_value();
  });
  if (is_told) return;
  if (face) note_failure(*face, response);
  const auto& why = response ? trouble.error() : response.error();
  (void)guarded(offer, "a plugin did not take a failure", false, [&] {
    push_failure(why.text(), context, receive);
    return true;
  });
}

}  // namespace

const void* http_table() noexcept {
  static const tomada_http table{sizeof table, &fetch_upstream};
  return &table;
}

}  // namespace tomada::services

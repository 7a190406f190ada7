#include "transports/http/strict.hpp"

#include "core/base/text.hpp"

#include <algorithm>
#include <cstring>
#include <initializer_list>

namespace tomada::http {
namespace {

namespace beast = boost::beast;

std::string_view view(beast::string_view text) noexcept { return {text.data(), text.size()}; }

struct Seen {
  int hosts = 0;
  int lengths = 0;
  int encodings = 0;
  int origins = 0;
  int content_types = 0;
  int accepts = 0;
  bool names_gzip = false;
  int authorizations = 0;
  std::string_view length;
  std::string_view encoding;
};

bool is_any_of(std::string_view range, std::initializer_list<std::string_view> names) noexcept {
  return std::any_of(names.begin(), names.end(), [&](auto name) { return text::equals_ignoring_case(range, name); });
}

// Several Accept fields are one list. Weights are not looked at: a type that is named at all is taken to be welcome.
void note_accept(std::string_view accept, Head& out, Seen& seen) noexcept {
  if (accept.empty()) return;
  if (seen.accepts++ == 0) out.accepts_events = out.accepts_answers = false;
  while (!accept.empty()) {
    const auto comma = std::min(accept.find(','), accept.size());
    const auto element = accept.substr(0, comma);
    accept.remove_prefix(std::min(comma + 1, accept.size()));
    const auto range = text::trim(element.substr(0, element.find(';')));
    const bool allows_events = is_any_of(range, {"text/event-stream", "text/*", "*/*"});
    out.accepts_events = out.accepts_events || allows_events;
    out.accepts_answers =
        out.accepts_answers || allows_events || is_any_of(range, {"application/json", "application/*"});
  }
}

// "gzip;q=0" says that it is not wanted.
bool has_weight(std::string_view parameters) noexcept {
  const auto weight = text::trim(parameters);
  if (!weight.starts_with("q=0") && !weight.starts_with("Q=0")) return true;
  return weight.find_first_of("123456789", 3) != std::string_view::npos;
}

// Several Accept-Encoding fields are one list; what is said of gzip counts before what is said of any coding.
void note_accept_encoding(std::string_view accept, Head& out, Seen& seen) noexcept {
  while (!accept.empty()) {
    const auto comma = std::min(accept.find(','), accept.size());
    const auto element = accept.substr(0, comma);
    accept.remove_prefix(std::min(comma + 1, accept.size()));
    const auto semicolon = std::min(element.find(';'), element.size());
    const auto coding = text::trim(element.substr(0, semicolon));
    const bool is_gzip = is_any_of(coding, {"gzip", "x-gzip"});
    if (!is_gzip && (coding != "*" || seen.names_gzip)) continue;
    seen.names_gzip = seen.names_gzip || is_gzip;
    out.accepts_gzip = semicolon == element.size() || has_weight(element.substr(semicolon + 1));
  }
}

void note(const beast::http::fields::value_type& field, Head& out, Seen& seen) {
  const std::string_view value = view(field.value());
  switch (field.name()) {
    case beast::http::field::host:
      out.host = value;
      ++seen.hosts;
      break;
    case beast::http::field::origin:
      out.origin = value;
      ++seen.origins;
      break;
    case beast::http::field::content_type:
      out.content_type = value;
      ++seen.content_types;
      break;
    case beast::http::field::authorization:
      out.authorization = value;
      ++seen.authorizations;
      break;
    case beast::http::field::accept:
      note_accept(value, out, seen);
      break;
    case beast::http::field::accept_encoding:
      note_accept_encoding(value, out, seen);
      break;
    case beast::http::field::expect:
      out.expect = value;
      break;
    case beast::http::field::content_length:
      seen.length = value;
      ++seen.lengths;
      break;
    case beast::http::field::transfer_encoding:
      seen.encoding = value;
      ++seen.encodings;
      break;
    default:
      break;
  }
}

std::optional<Problem> check(const Head& head, const Seen& seen) {
  if (seen.lengths > 1 || seen.length.find(',') != std::string_view::npos) {
    return Problem{400, "Content-Length is given more than once"};
  }
  if (seen.encodings > 0 && seen.lengths > 0) {
    return Problem{400, "Content-Length and Transfer-Encoding exclude each other"};
  }
  if (seen.encodings > 0 && !head.is_http_11) return Problem{400, "HTTP/1.0 has no Transfer-Encoding"};
  if (seen.encodings > 1 || (seen.encodings == 1 && !text::equals_ignoring_case(seen.encoding, "chunked"))) {
    return Problem{501, "the only Transfer-Encoding understood is chunked"};
  }
  if (seen.hosts > 1) return Problem{400, "Host is given more than once"};
  if (seen.hosts == 0 && head.is_http_11) return Problem{400, "Host is missing"};
  if (seen.origins > 1) return Problem{400, "Origin is given more than once"};
  if (seen.authorizations > 1) return Problem{400, "Authorization is given more than once"};
  if (seen.content_types > 1) return Problem{400, "Content-Type is given more than once"};
  if (!head.expect.empty() && !text::equals_ignoring_case(head.expect, "100-continue")) {
    return Problem{417, "the only expectation understood is 100-continue"};
  }
  return std::nullopt;
}

// "http://host/path" is what proxies are sent; a server must take it, and its host must be the one in Host.
std::optional<Problem> split_target(std::string_view target, Head& out) {
  if (target.rfind("http://", 0) == 0 || target.rfind("https://", 0) == 0) {
    target.remove_prefix(target.find("//") + 2);
    const auto slash = std::min(target.find('/'), target.size());
    if (!text::equals_ignoring_case(target.substr(0, slash), out.host)) {
      return Problem{400, "the target's host and the Host field differ"};
    }
    target.remove_prefix(slash);
  }
  const auto question = std::min(target.find('?'), target.size());
  out.path = target.substr(0, question);
  out.query = question < target.size() ? target.substr(question + 1) : std::string_view{};
  return std::nullopt;
}

}  // namespace

bool has_folded_line(std::string_view raw_head) noexcept {
  const char* at = raw_head.data();
  const char* const end = at + raw_head.size();
  while (at < end && (at = static_cast<const char*>(std::memchr(at, '\n', static_cast<std::size_t>(end - at))))) {
    ++at;
    if (at < end && (*at == ' ' || *at == '\t')) return true;
  }
  return false;
}

void skip_empty_lines(beast::flat_buffer& buffer) noexcept {
  while (buffer.size() >= 2 && std::memcmp(buffer.data().data(), "\r\n", 2) == 0) buffer.consume(2);
}

std::optional<Problem> collect(const beast::http::request_header<>& header, Head& out) {
  out = Head{};
  out.method = header.method();
  out.is_http_11 = header.version() == 11;
  Seen seen;
  for (const auto& field : header) note(field, out, seen);
  out.has_origin = seen.origins > 0;
  if (auto problem = check(out, seen)) return problem;
  return split_target(view(header.target()), out);
}

}  // namespace tomada::http

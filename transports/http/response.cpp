#include "transports/http/response.hpp"

#include "core/base/text.hpp"
#include "core/json/writer.hpp"
#include "core/jsonrpc/error.hpp"
#include "transports/http/gzip.hpp"

#include <boost/beast/http/status.hpp>

#include <charconv>
#include <cstddef>

namespace tomada::http {
namespace {

constexpr std::string_view exposed_headers = "Mcp-Session-Id, MCP-Protocol-Version, Retry-After, WWW-Authenticate";
constexpr std::string_view request_headers =
    "Content-Type, Accept, Authorization, MCP-Protocol-Version, Mcp-Method, Mcp-Name, Mcp-Session-Id, Last-Event-ID, "
    "traceparent, tracestate";
constexpr std::string_view retry_milliseconds = "1000";  // until a client comes back to a stream that ended

void append_number(std::string& out, std::size_t number, int base = 10) {
  char digits[24];
  const auto end = std::to_chars(digits, digits + sizeof digits, number, base);
  out.append(digits, end.ptr);
}

void append_field(std::string& out, std::string_view name, std::string_view value) {
  out.append(name).append(": ").append(value).append("\r\n");
}

void append_status(std::string& out, int status) {
  if (status == 200) {
    out += "HTTP/1.1 200 OK\r\n";
    return;
  }
  const auto reason = boost::beast::http::obsolete_reason(static_cast<boost::beast::http::status>(status));
  out += "HTTP/1.1 ";
  append_number(out, static_cast<std::size_t>(status));
  out.append(" ").append(reason.data(), reason.size()).append("\r\n");
}

void append_connection(std::string& out, const Framing& framing) {
  if (!framing.keeps_alive) {
    out += "Connection: close\r\n";
  } else if (!framing.is_http_11) {
    out += "Connection: keep-alive\r\n";
  }
}

void append_origin(std::string& out, const Framing& framing) {
  if (framing.origin.empty()) return;
  append_field(out, "Access-Control-Allow-Origin", framing.origin);
  append_field(out, "Access-Control-Expose-Headers", exposed_headers);
  out += "Vary: Origin\r\n";
}

void append_chunk(std::string& out, std::initializer_list<std::string_view> pieces, const Framing& framing) {
  std::size_t length = 0;
  for (const auto piece : pieces) length += piece.size();
  if (framing.is_http_11) {
    append_number(out, length, 16);
    out += "\r\n";
  }
  for (const auto piece : pieces) out.append(piece);
  if (framing.is_http_11) out += "\r\n";
}

}  // namespace

Response response_of(const Refusal& refusal) {
  Response out;
  out.status = refusal.status;
  out.allow = refusal.allow;
  out.challenge = refusal.challenge;
  out.retry_after_seconds = refusal.retry_after_seconds;
  if (!refusal.is_outside_mcp) {
    out.body = jsonrpc::error_answer({}, jsonrpc::Code::invalid_request, refusal.reason);
    return out;
  }
  out.body = R"({"error":{"message":)";
  json::write_string(out.body, refusal.reason);
  out.body += "}}";
  return out;
}

void write(std::string& out, const Response& response, const Framing& framing) {
  append_status(out, response.status);
  if (!response.body.empty()) append_field(out, "Content-Type", response.content_type);
  if (response.body.size() >= Gzip::least_bytes || response.is_gzip) out += "Vary: Accept-Encoding\r\n";
  if (response.is_gzip) out += "Content-Encoding: gzip\r\n";
  if (response.status != 204) {  // which has no body by definition
    out += "Content-Length: ";
    append_number(out, response.body.size());
    out += "\r\n";
  }
  append_connection(out, framing);
  append_origin(out, framing);
  if (!response.allow.empty()) append_field(out, "Allow", response.allow);
  if (!response.challenge.empty()) append_field(out, "WWW-Authenticate", response.challenge);
  if (!response.session.empty()) append_field(out, "Mcp-Session-Id", response.session);
  if (response.retry_after_seconds > 0) {
    append_field(out, "Retry-After", std::to_string(response.retry_after_seconds));
  }
  out += "\r\n";
  if (!framing.is_head) out += response.body;
}

void write_preflight(std::string& out, std::string_view allow, const Framing& framing) {
  append_status(out, 204);
  append_connection(out, framing);
  append_field(out, "Allow", allow);
  if (!framing.origin.empty()) {
    append_origin(out, framing);
    append_field(out, "Access-Control-Allow-Methods", allow);
    append_field(out, "Access-Control-Allow-Headers", request_headers);
    append_field(out, "Access-Control-Max-Age", "7200");
  }
  out += "\r\n";
}

void write_stream_head(std::string& out, const Framing& framing) {
  append_status(out, 200);
  out +=
      "Content-Type: text/event-stream\r\n"
      "Cache-Control: no-cache, no-transform\r\n"
      "X-Accel-Buffering: no\r\n";
  if (framing.is_http_11) out += "Transfer-Encoding: chunked\r\n";
  append_connection(out, framing);
  append_origin(out, framing);
  out += "\r\n";
}

void write_opening(std::string& out, const jsonrpc::Opening& opening, const Framing& framing) {
  if (!opening.endpoint.empty()) append_chunk(out, {"event: endpoint\ndata: ", opening.endpoint, "\n\n"}, framing);
  if (opening.event.empty()) return;
  append_chunk(out, {"id: ", opening.event, "\nretry: ", retry_milliseconds, "\ndata: \n\n"}, framing);
}

void write_event(std::string& out, std::string_view frame, std::string_view id, const Framing& framing) {
  if (id.empty()) return append_chunk(out, {"event: message\ndata: ", frame, "\n\n"}, framing);
  append_chunk(out, {"event: message\nid: ", id, "\ndata: ", frame, "\n\n"}, framing);
}

void write_stream_comment(std::string& out, const Framing& framing) { append_chunk(out, {": waiting\n\n"}, framing); }

void write_stream_end(std::string& out, const Framing& framing) {
  if (framing.is_http_11) out += "0\r\n\r\n";
}

}  // namespace tomada::http

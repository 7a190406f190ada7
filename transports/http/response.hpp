#pragma once
// Response: what is said, and the bytes that say it: head and body appended to one string.
#include "core/jsonrpc/exchange.hpp"

#include <string>
#include <string_view>

namespace tomada::http {

struct Response {
  int status = 200;
  std::string content_type = "application/json";
  std::string body;
  std::string_view allow;  // of 405 and OPTIONS; a literal
  int retry_after_seconds = 0;
  bool is_gzip = false;     // of the body
  std::string challenge{};  // of 401: WWW-Authenticate
  std::string session{};    // Mcp-Session-Id; empty: none
};

// How the request wants its answer framed.
struct Framing {
  bool is_http_11 = true;
  bool keeps_alive = true;
  bool is_head = false;         // HEAD: the length of the body without the body
  std::string_view origin;      // an allowed Origin to be named in the answer; empty: none was sent
  bool accepts_events = false;  // the answer may become text/event-stream
  bool accepts_gzip = false;
};

// A request that is answered without asking anyone.
struct Refusal {
  int status = 0;
  std::string reason;
  std::string_view allow;        // 405: a literal
  bool ends_connection = false;  // what follows on the connection cannot be trusted or is not worth reading
  bool is_outside_mcp = false;   // plain JSON: a JSON-RPC body would make a client believe that it found the endpoint
  std::string challenge{};       // 401: WWW-Authenticate
  int retry_after_seconds = 0;   // 429
};
[[nodiscard]] Response response_of(const Refusal& refusal);

void write(std::string& out, const Response& response, const Framing& framing);
void write_preflight(std::string& out, std::string_view allow, const Framing& framing);  // 204 to OPTIONS

void write_stream_head(std::string& out, const Framing& framing);  // text/event-stream; chunked on HTTP/1.1
void write_opening(std::string& out, const jsonrpc::Opening& opening, const Framing& framing);
void write_event(std::string& out, std::string_view frame, std::string_view id, const Framing& framing);
// id: empty: none
void write_stream_comment(std::string& out, const Framing& framing);  // keeps proxies from closing a silent stream
void write_stream_end(std::string& out, const Framing& framing);

}  // namespace tomada::http

#include "transports/http/router.hpp"

#include "core/base/text.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace tomada::http {
namespace {

constexpr std::string_view mcp_path = "/mcp";
constexpr std::string_view mcp_methods = "POST, GET, DELETE, OPTIONS";

Decision refuse(int status, std::string reason, bool is_outside_mcp = false, std::string_view allow = {}) {
  Decision out;
  out.refusal = Refusal{status, std::move(reason), allow, false, is_outside_mcp};
  return out;
}

bool is_json(std::string_view content_type) noexcept {
  const auto media_type = text::trim(content_type.substr(0, content_type.find(';')));
  return text::equals_ignoring_case(media_type, "application/json");
}

}  // namespace

Router::Router(Gate gate, std::vector<Route> routes, bool has_receiver)
    : gate_{std::move(gate)}, routes_{std::move(routes)}, has_receiver_{has_receiver} {}

Decision Router::decide(const Head& head) const {
  const bool is_mcp = has_receiver_ && head.path == mcp_path;
  const Route* const route = is_mcp ? nullptr : find_route(head.path);
  const bool guards_host = !route || route->guard == Guard::origin_and_host;
  // A browser always sends Host; only an HTTP/1.0 client may leave it out.
  if (guards_host && (head.is_http_11 || !head.host.empty()) && !gate_.allows_host(head.host)) {
    return refuse(403, text::concat({"the Host \"", text::prefix(text::to_utf8(head.host), 200),
                                     "\" is not served here; allow it with http.allowed_hosts"}));
  }
  if (head.has_origin && !gate_.allows_origin(head.origin)) {
    return refuse(403, text::concat({"the Origin \"", text::prefix(text::to_utf8(head.origin), 200),
                                     "\" may not call this server; allow it with http.allowed_origins"}));
  }
  auto out = is_mcp ? decide_mcp(head) : decide_route(head, route);
  out.needs_principal = (is_mcp || (route && route->needs_principal)) && out.purpose != Purpose::preflight;
  return out;
}

Decision Router::decide_mcp(const Head& head) const {
  if (head.method == Verb::options) return Decision{Purpose::preflight, {}, nullptr, mcp_methods};
  if (head.method == Verb::get || head.method == Verb::delete_) return Decision{Purpose::receive, {}, nullptr, {}};
  if (head.method != Verb::post) return refuse(405, "the MCP endpoint takes POST, GET and DELETE", false, mcp_methods);
  if (!is_json(head.content_type)) return refuse(415, "the Content-Type of a POST to /mcp must be application/json");
  return Decision{Purpose::receive, {}, nullptr, {}};
}

const Route* Router::find_route(std::string_view path) const noexcept {
  const auto found =
      std::find_if(routes_.begin(), routes_.end(), [&](const Route& route) { return route.path == path; });
  return found == routes_.end() ? nullptr : &*found;
}

Decision Router::decide_route(const Head& head, const Route* route) const {
  if (!route) {
    return refuse(
        404, has_receiver_ ? "nothing is served at this path; MCP is at /mcp" : "nothing is served at this path", true);
  }
  if (head.method == Verb::options) return Decision{Purpose::preflight, {}, nullptr, "GET, HEAD, OPTIONS"};
  if (head.method != Verb::get && head.method != Verb::head) {
    return refuse(405, "this path answers GET and HEAD only", true, "GET, HEAD");
  }
  return Decision{Purpose::route, {}, route, {}};
}

Framing Router::framing(const Head& head) const {
  Framing out;
  out.is_http_11 = head.is_http_11;
  out.keeps_alive = head.keeps_alive;
  out.is_head = head.method == Verb::head;
  if (head.has_origin && gate_.allows_origin(head.origin)) out.origin = head.origin;
  out.accepts_events = head.accepts_events;
  out.accepts_gzip = head.accepts_gzip;
  return out;
}

}  // namespace tomada::http

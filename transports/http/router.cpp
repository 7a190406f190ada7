#include "transports/http/router.hpp"

#include "core/base/text.hpp"

#include <algorithm>
#include <string>
#include <utility>

namespace tomada::http {
namespace {

struct DoorRule {
  std::string_view path, methods;
};

constexpr DoorRule rule_of(Door door) noexcept {
  switch (door) {
    case Door::sse:
      return {"/sse", "GET, OPTIONS"};
    case Door::messages:
      return {"/messages", "POST, OPTIONS"};
    case Door::mcp:
      break;
  }
  return {"/mcp", "POST, GET, DELETE, OPTIONS"};
}

bool takes(Door door, Verb method) noexcept {
  if (method == Verb::post) return door != Door::sse;
  if (method == Verb::get) return door != Door::messages;
  return method == Verb::delete_ && door == Door::mcp;
}

Decision refuse(int status, std::string reason, bool is_outside_mcp = false, std::string_view allow = {}) {
  Decision out;
  out.refusal = Refusal{status, std::move(reason), allow, false, is_outside_mcp};
  return out;
}

bool is_json(std::string_view content_type) noexcept {
  const auto media_type = text::trim(content_type.substr(0, content_type.find(';')));
  return text::equals_ignoring_case(media_type, "application/json");
}

Decision decide_door(const Head& head, Door door) {
  const auto rule = rule_of(door);
  if (head.method == Verb::options) return Decision{Purpose::preflight, {}, nullptr, rule.methods};
  if (!takes(door, head.method))
    return refuse(405, text::concat({"this path takes ", rule.methods}), false, rule.methods);
  if (head.method == Verb::post && !is_json(head.content_type))
    return refuse(415, text::concat({"the Content-Type of a POST to ", rule.path, " must be application/json"}));
  Decision out{Purpose::receive, {}, nullptr, {}};
  out.door = door;
  return out;
}

}  // namespace

std::string_view session_in(std::string_view query) noexcept {
  constexpr std::string_view name = "sessionId=";
  std::string_view out;
  int found = 0;
  while (!query.empty()) {
    const auto end = std::min(query.find('&'), query.size());
    if (query.starts_with(name)) {
      out = query.substr(name.size(), end - name.size());
      ++found;
    }
    query.remove_prefix(std::min(end + 1, query.size()));
  }
  return found == 1 ? out : std::string_view{};
}

Router::Router(Gate gate, std::vector<Route> routes, bool has_receiver, bool has_sse)
    : gate_{std::move(gate)}, routes_{std::move(routes)}, has_receiver_{has_receiver}, has_sse_{has_sse} {}

std::optional<Door> Router::find_door(std::string_view path) const noexcept {
  if (!has_receiver_) return std::nullopt;
  for (const auto door : {Door::mcp, Door::sse, Door::messages}) {
    if (path == rule_of(door).path) return door == Door::mcp || has_sse_ ? std::optional{door} : std::nullopt;
  }
  return std::nullopt;
}

Decision Router::decide(const Head& head) const {
  const auto door = find_door(head.path);
  const Route* const route = door ? nullptr : find_route(head.path);
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
  auto out = door ? decide_door(head, *door) : decide_route(head, route);
  out.needs_principal = (door || (route && route->needs_principal)) && out.purpose != Purpose::preflight;
  return out;
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

#pragma once
// Router: what a request is for, decided from its head alone.
#include "transports/http/gate.hpp"
#include "transports/http/request.hpp"
#include "transports/http/response.hpp"
#include "transports/http/server.hpp"

#include <optional>
#include <string_view>
#include <vector>

namespace tomada::http {

enum class Purpose { refuse, preflight, route, receive };
enum class Door { mcp, sse, messages };  // how what is received comes in; the last two are HTTP+SSE's

struct Decision {
  Purpose purpose = Purpose::refuse;
  Refusal refusal;
  const Route* route = nullptr;
  std::string_view allow;  // preflight: the methods of the path
  bool needs_principal = false;
  Door door = Door::mcp;
};

[[nodiscard]] std::string_view session_in(std::string_view query) noexcept;
// What a query gives for sessionId; empty: nothing, or more than once.

class Router final {
 public:
  Router(Gate gate, std::vector<Route> routes, bool has_receiver, bool has_sse);

  [[nodiscard]] Decision decide(const Head& head) const;
  [[nodiscard]] Framing framing(const Head& head) const;  // how the answer is framed; keeps_alive as the client wishes

 private:
  [[nodiscard]] std::optional<Door> find_door(std::string_view path) const noexcept;
  [[nodiscard]] const Route* find_route(std::string_view path) const noexcept;
  [[nodiscard]] Decision decide_route(const Head& head, const Route* route) const;

  Gate gate_;
  std::vector<Route> routes_;
  bool has_receiver_;
  bool has_sse_;
};

}  // namespace tomada::http

#include "transports/http/gate.hpp"

#include "core/base/text.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <charconv>
#include <string>
#include <utility>

namespace tomada::http {
namespace {

bool is_port(std::string_view text) noexcept {
  unsigned port = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  return error == std::errc{} && end == text.data() + text.size() && port <= 65535;
}

// "host:port" to "host"; empty when what follows the host is no port.
std::string_view without_port(std::string_view authority) noexcept {
  const auto bracket = authority.rfind(']');
  const auto colon = authority.find(':', bracket == std::string_view::npos ? 0 : bracket);
  if (colon == std::string_view::npos) return authority;
  return is_port(authority.substr(colon + 1)) ? authority.substr(0, colon) : std::string_view{};
}

// 127.0.0.0/8 written as four decimal numbers: a literal cannot be rebound.
bool is_loopback_literal(std::string_view host) noexcept {
  if (host.rfind("127.", 0) != 0 || std::count(host.begin(), host.end(), '.') != 3) return false;
  return host.find_first_not_of("0123456789.") == std::string_view::npos;
}

bool is_loopback_name(std::string_view host) noexcept {
  return text::equals_ignoring_case(host, "localhost") || host == "[::1]" || is_loopback_literal(host);
}

bool is_address(std::string_view host) {
  const bool is_ipv6 = host.size() > 2 && host.front() == '[' && host.back() == ']';
  const std::string literal{is_ipv6 ? host.substr(1, host.size() - 2) : host};
  in6_addr parsed{};
  return inet_pton(is_ipv6 ? AF_INET6 : AF_INET, literal.c_str(), &parsed) == 1;
}

}  // namespace

Gate::Gate(std::vector<std::string> allowed_origins, std::vector<std::string> allowed_hosts, std::string own_host,
           bool is_loopback)
    : origins_{std::move(allowed_origins)},
      hosts_{std::move(allowed_hosts)},
      own_host_{std::move(own_host)},
      takes_addresses_{!is_loopback && hosts_.empty()} {}

bool Gate::allows_origin(std::string_view origin) const noexcept {
  for (const auto& allowed : origins_) {
    if (allowed == "*" || text::equals_ignoring_case(allowed, origin)) return true;
  }
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (origin.rfind(scheme, 0) == 0 && is_loopback_name(without_port(origin.substr(scheme.size())))) return true;
  }
  return false;
}

bool Gate::allows_host(std::string_view host) const noexcept {
  const std::string_view name = without_port(host);
  if (is_loopback_name(name) || (takes_addresses_ && is_address(name))) return true;
  if (!name.empty() && text::equals_ignoring_case(own_host_, name)) return true;
  for (const auto& allowed : hosts_) {
    if (text::equals_ignoring_case(allowed, host) || text::equals_ignoring_case(allowed, name)) return true;
  }
  return false;
}

}  // namespace tomada::http

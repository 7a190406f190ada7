#include "core/schema/address.hpp"

#include <arpa/inet.h>
#include <string>

namespace tomada::schema {

// inet_pton reads up to a null; JSON strings may hold one.
bool is_ipv4(std::string_view text) noexcept {
  in_addr out{};
  if (text.size() > 15 || text.find('\0') != std::string_view::npos) return false;
  return ::inet_pton(AF_INET, std::string{text}.c_str(), &out) == 1;
}

bool is_ipv6(std::string_view text) noexcept {
  in6_addr out{};
  if (text.size() > 45 || text.find('\0') != std::string_view::npos) return false;
  return ::inet_pton(AF_INET6, std::string{text}.c_str(), &out) == 1;
}

}  // namespace tomada::schema

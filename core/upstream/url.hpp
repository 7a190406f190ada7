#pragma once
// Url: where an upstream is. No credentials, no query: those belong into headers and bodies.
#include "core/base/result.hpp"

#include <string>
#include <string_view>

namespace tomada::upstream {

struct Url {
  bool is_tls = false;
  std::string host;  // a name or an address, IPv6 without brackets
  int port = 0;
  std::string path;  // begins and ends with '/'

  [[nodiscard]] std::string origin() const;  // "https://app.omie.com.br", brackets and port where needed
};

[[nodiscard]] Result<Url> parse_url(std::string_view text);
[[nodiscard]] bool is_relative_path(std::string_view path) noexcept;
// May be put behind a Url's path: visible ASCII, no scheme, no leading '/', no "..", no fragment.

}  // namespace tomada::upstream

#include "core/upstream/url.hpp"

#include "core/base/text.hpp"

#include <algorithm>
#include <charconv>

namespace tomada::upstream {
namespace {

constexpr int http_port = 80, https_port = 443;

Error wrong_url(std::string_view what) {
  return failure(ErrorCode::configuration, text::concat({"The URL ", what, "."}), {},
                 "write it as https://host[:port]/path/");
}

bool is_visible(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7f'; });
}

bool read_port(std::string_view text, int& port) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), port);
  return error == std::errc{} && end == text.data() + text.size() && port > 0 && port < 65536;
}

bool read_authority(std::string_view authority, Url& out) {
  std::size_t after_host = authority.find(':');
  if (authority.starts_with('[')) {
    const auto close = authority.find(']');
    if (close == std::string_view::npos) return false;
    out.host = authority.substr(1, close - 1);
    after_host = close + 1 < authority.size() ? close + 1 : std::string_view::npos;
  } else {
    out.host = authority.substr(0, after_host);
  }
  if (out.host.empty()) return false;
  if (after_host == std::string_view::npos) return true;
  return authority[after_host] == ':' && read_port(authority.substr(after_host + 1), out.port);
}

}  // namespace

std::string Url::origin() const {
  const bool is_ipv6 = host.find(':') != std::string::npos;
  const bool is_default = port == (is_tls ? https_port : http_port);
  const std::string port_text = is_default ? std::string{} : text::concat({":", std::to_string(port)});
  return text::concat({is_tls ? "https://" : "http://", is_ipv6 ? "[" : "", host, is_ipv6 ? "]" : "", port_text});
}

Result<Url> parse_url(std::string_view text) {
  Url out;
  if (!is_visible(text)) return wrong_url("has blanks or characters that need escaping");
  if (text.starts_with("https://")) {
    out.is_tls = true;
  } else if (!text.starts_with("http://")) {
    return wrong_url("begins neither with https:// nor with http://");
  }
  out.port = out.is_tls ? https_port : http_port;
  std::string_view rest = text.substr(text.find("://") + 3);
  if (rest.find_first_of("?#") != std::string_view::npos) return wrong_url("has a query or a fragment");
  const auto slash = rest.find('/');
  const std::string_view authority = rest.substr(0, slash);
  if (authority.find('@') != std::string_view::npos)
    return wrong_url("holds credentials; they belong into the plugin's settings");
  if (!read_authority(authority, out)) return wrong_url("has no valid host and port");
  out.path = slash == std::string_view::npos ? "/" : rest.substr(slash);
  if (!out.path.ends_with('/')) out.path += '/';
  return out;
}

bool is_relative_path(std::string_view path) noexcept {
  if (!is_visible(path) || path.starts_with('/')) return false;
  const std::string_view before_query = path.substr(0, path.find('?'));
  return path.find('#') == std::string_view::npos && before_query.find("..") == std::string_view::npos &&
         before_query.find("://") == std::string_view::npos && before_query.find('\\') == std::string_view::npos;
}

}  // namespace tomada::upstream

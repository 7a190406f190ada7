#include "core/schema/uri.hpp"

#include <vector>

namespace tomada::schema {
namespace {

// Each part keeps its delimiter ("https:", "//host", "/a", "?b"), so that an absent part and an empty one differ.
struct Uri {
  std::string_view scheme, authority, path, query, fragment;
};

std::size_t scheme_length(std::string_view text) noexcept {
  const auto end = text.find_first_of(":/?#");
  return end == std::string_view::npos || end == 0 || text[end] != ':' ? 0 : end + 1;
}

std::string_view take(std::string_view& text, std::size_t size) noexcept {
  const std::string_view out = text.substr(0, size);
  text.remove_prefix(out.size());
  return out;
}

Uri parse(std::string_view text) noexcept {
  Uri out;
  out.scheme = take(text, scheme_length(text));
  if (text.starts_with("//")) {
    const auto end = text.find_first_of("/?#", 2);
    out.authority = take(text, end);
  }
  out.path = take(text, text.find_first_of("?#"));
  out.query = take(text, text.find('#'));
  out.fragment = text;
  return out;
}

std::string without_dots(std::string_view path) {
  std::vector<std::string_view> kept;
  const bool is_rooted = path.starts_with('/');
  bool ends_in_folder = false;
  for (std::size_t at = is_rooted ? 1 : 0; at <= path.size();) {
    const auto end = std::min(path.find('/', at), path.size());
    const std::string_view segment = path.substr(at, end - at);
    ends_in_folder = segment == "." || segment == "..";
    if (segment == ".." && !kept.empty()) kept.pop_back();
    if (!ends_in_folder) kept.push_back(segment);
    at = end + 1;
  }
  std::string out;
  for (std::size_t i = 0; i < kept.size(); ++i) out.append(i > 0 || is_rooted ? "/" : "").append(kept[i]);
  if (ends_in_folder) out.append("/");
  return out;
}

std::string merge(const Uri& base, std::string_view path) {
  if (path.starts_with('/')) return without_dots(path);
  if (!base.authority.empty() && base.path.empty()) return without_dots("/" + std::string{path});
  const auto slash = base.path.rfind('/');
  const std::string folder{slash == std::string_view::npos ? std::string_view{} : base.path.substr(0, slash + 1)};
  return without_dots(folder + std::string{path});
}

std::string concat_uri(std::string_view scheme, std::string_view authority, std::string_view path,
                       std::string_view query) {
  return std::string{scheme}.append(authority).append(path).append(query);
}

int hex_digit(char c) noexcept {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

std::string percent_decode(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool is_escape =
        text[i] == '%' && i + 2 < text.size() && hex_digit(text[i + 1]) >= 0 && hex_digit(text[i + 2]) >= 0;
    out.push_back(is_escape ? static_cast<char>(hex_digit(text[i + 1]) * 16 + hex_digit(text[i + 2])) : text[i]);
    if (is_escape) i += 2;
  }
  return out;
}

std::string resolve_resource(const Uri& base, const Uri& to) {
  if (!to.scheme.empty()) return concat_uri(to.scheme, to.authority, to.path, to.query);
  if (!to.authority.empty()) return concat_uri(base.scheme, to.authority, without_dots(to.path), to.query);
  if (!to.path.empty()) return concat_uri(base.scheme, base.authority, merge(base, to.path), to.query);
  return concat_uri(base.scheme, base.authority, base.path, to.query.empty() ? base.query : to.query);
}

}  // namespace

Reference resolve(std::string_view base, std::string_view reference) {
  const Uri to = parse(reference);
  return {resolve_resource(parse(base), to), percent_decode(to.fragment.empty() ? to.fragment : to.fragment.substr(1))};
}

}  // namespace tomada::schema

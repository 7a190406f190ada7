// A value ends where the next literal begins, the first time it does; so a match needs no backtracking and its time is
// bounded by the URI's length for each part.
#include "core/registry/uri_template.hpp"

#include "core/base/text.hpp"

#include <algorithm>

namespace tomada::registry {
namespace {

bool is_name(std::string_view name) {
  const auto is_letter = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.';
  };
  return !name.empty() && std::all_of(name.begin(), name.end(), is_letter);
}

Error unknown(std::string_view expression) {
  return failure(ErrorCode::invalid_argument, text::concat({"{", expression, "} is not understood"}), {},
                 "write {name}, {+name} or, at the end, {?name,name}");
}

int digit(char c) noexcept {
  if (c >= '0' && c <= '9') return c - '0';
  const char lower = static_cast<char>(c | 0x20);
  return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

// Nothing: a broken escape, or bytes that are no text.
std::optional<std::string> percent_decoded(std::string_view from) {
  std::string out;
  for (std::size_t i = 0; i < from.size(); ++i) {
    if (from[i] != '%') {
      out.push_back(from[i]);
      continue;
    }
    if (i + 2 >= from.size()) return std::nullopt;
    const int high = digit(from[i + 1]), low = digit(from[i + 2]);
    if (high < 0 || low < 0) return std::nullopt;
    out.push_back(static_cast<char>(high * 16 + low));
    i += 2;
  }
  if (!text::is_utf8(out)) return std::nullopt;
  return out;
}

bool add(json::object& to, std::string_view name, std::string_view raw) {
  const auto value = percent_decoded(raw);
  if (value) to[json::key(name)] = *value;
  return value.has_value();
}

bool read_query(std::string_view query, const std::vector<std::string>& known, json::object& to) {
  for (const auto pair : text::split(query, '&')) {
    const auto equals = pair.find('=');
    const auto name = pair.substr(0, equals);
    if (std::find(known.begin(), known.end(), name) == known.end()) return false;
    if (!add(to, name, equals == std::string_view::npos ? std::string_view{} : pair.substr(equals + 1))) return false;
  }
  return true;
}

}  // namespace

Result<UriTemplate> UriTemplate::parse(std::string_view text) {
  UriTemplate out;
  Part part;
  while (!text.empty()) {
    const auto open = text.find('{');
    part.literal.append(text.substr(0, open));
    if (open == std::string_view::npos) break;
    const auto close = text.find('}', open);
    if (close == std::string_view::npos) return unknown(text.substr(open + 1));
    const auto expression = text.substr(open + 1, close - open - 1);
    text.remove_prefix(close + 1);
    if (expression.starts_with('?') && text.empty()) {
      for (const auto name : text::split(expression.substr(1), ',')) out.query_.emplace_back(name);
      if (!std::all_of(out.query_.begin(), out.query_.end(), is_name)) return unknown(expression);
      break;
    }
    part.takes_slashes = expression.starts_with('+');
    part.name = expression.substr(part.takes_slashes ? 1 : 0);
    const bool is_glued = part.literal.empty() && !out.parts_.empty();  // where would one value end?
    if (!is_name(part.name) || is_glued) return unknown(expression);
    out.parts_.push_back(std::move(part));
    part = {};
  }
  out.parts_.push_back(std::move(part));
  return out;
}

std::optional<json::object> UriTemplate::match(std::string_view uri) const {
  json::object out;
  if (!query_.empty()) {
    const auto mark = uri.find('?');
    if (mark != std::string_view::npos && !read_query(uri.substr(mark + 1), query_, out)) return std::nullopt;
    uri = uri.substr(0, mark);
  }
  for (std::size_t i = 0; i < parts_.size(); ++i) {
    const auto& part = parts_[i];
    if (!uri.starts_with(part.literal)) return std::nullopt;
    uri.remove_prefix(part.literal.size());
    if (part.name.empty()) break;
    const auto& next = parts_[i + 1].literal;
    const auto end = next.empty() ? uri.size() : uri.find(next);
    if (end == std::string_view::npos || end == 0) return std::nullopt;
    const auto value = uri.substr(0, end);
    if (!part.takes_slashes && value.find_first_of("/?#") != std::string_view::npos) return std::nullopt;
    if (!add(out, part.name, value)) return std::nullopt;
    uri.remove_prefix(end);
  }
  if (!uri.empty()) return std::nullopt;
  return out;
}

}  // namespace tomada::registry

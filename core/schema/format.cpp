#include "core/schema/format.hpp"

#include "core/schema/address.hpp"

#include <algorithm>

namespace tomada::schema {
namespace {

bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
bool is_letter(char c) noexcept { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

// The number in text[at, at + size); -1 when it is none.
int number_at(std::string_view text, std::size_t at, std::size_t size) noexcept {
  if (at + size > text.size()) return -1;
  int out = 0;
  for (std::size_t i = at; i < at + size; ++i) {
    if (!is_digit(text[i])) return -1;
    out = out * 10 + (text[i] - '0');
  }
  return out;
}

bool is_date(std::string_view text) noexcept {
  constexpr int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return false;
  const int year = number_at(text, 0, 4), month = number_at(text, 5, 2), day = number_at(text, 8, 2);
  if (year < 0 || month < 1 || month > 12 || day < 1) return false;
  const bool is_leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return day <= days[month - 1] + (month == 2 && is_leap ? 1 : 0);
}

// "Z" or "+hh:mm": minutes east of Greenwich, or nothing.
std::optional<int> offset_minutes(std::string_view text) noexcept {
  if (text == "Z" || text == "z") return 0;
  if (text.size() != 6 || (text[0] != '+' && text[0] != '-') || text[3] != ':') return std::nullopt;
  const int hours = number_at(text, 1, 2), minutes = number_at(text, 4, 2);
  if (hours < 0 || hours > 23 || minutes < 0 || minutes > 59) return std::nullopt;
  return (text[0] == '-' ? -1 : 1) * (hours * 60 + minutes);
}

bool is_time(std::string_view text) noexcept {
  if (text.size() < 9 || text[2] != ':' || text[5] != ':') return false;
  const int hour = number_at(text, 0, 2), minute = number_at(text, 3, 2), second = number_at(text, 6, 2);
  if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 60) return false;
  text.remove_prefix(8);
  if (text[0] == '.') {
    const auto end = std::find_if_not(text.begin() + 1, text.end(), is_digit);
    if (end == text.begin() + 1) return false;
    text.remove_prefix(static_cast<std::size_t>(end - text.begin()));
  }
  const auto offset = offset_minutes(text);
  if (!offset) return false;
  const int utc = ((hour * 60 + minute - *offset) % 1440 + 1440) % 1440;
  return second < 60 || utc == 23 * 60 + 59;  // a leap second ends a UTC day
}

bool is_date_time(std::string_view text) noexcept {
  return text.size() > 11 && is_date(text.substr(0, 10)) && (text[10] == 'T' || text[10] == 't') &&
         is_time(text.substr(11));
}

bool is_domain(std::string_view text) noexcept {
  while (!text.empty()) {
    const std::string_view label = text.substr(0, text.find('.'));
    const bool is_label =
        !label.empty() && label.size() <= 63 && label.front() != '-' && label.back() != '-' &&
        std::all_of(label.begin(), label.end(), [](char c) { return is_letter(c) || is_digit(c) || c == '-'; });
    if (!is_label) return false;
    if (label.size() == text.size()) return true;
    text.remove_prefix(label.size() + 1);
  }
  return false;
}

bool is_quoted_local(std::string_view text) noexcept {
  if (text.size() < 2 || text.front() != '"' || text.back() != '"') return false;
  for (std::size_t i = 1; i + 1 < text.size(); ++i) {
    if (text[i] == '"') return false;
    if (text[i] == '\\' && ++i + 1 >= text.size()) return false;  // the quote at the end is escaped
  }
  return true;
}

bool is_dotted_local(std::string_view text) noexcept {
  static constexpr std::string_view marks = ".!#$%&'*+/=?^_`{|}~-";
  return !text.empty() && text.front() != '.' && text.back() != '.' && text.find("..") == std::string_view::npos &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return is_letter(c) || is_digit(c) || marks.find(c) != std::string_view::npos; });
}

// "[127.0.0.1]" or "[IPv6:::1]"
bool is_mail_literal(std::string_view text) noexcept {
  if (text.size() < 3 || text.front() != '[' || text.back() != ']') return false;
  text = text.substr(1, text.size() - 2);
  return text.starts_with("IPv6:") ? is_ipv6(text.substr(5)) : is_ipv4(text);
}

bool is_email(std::string_view text) noexcept {
  const auto at = text.rfind('@');
  if (at == std::string_view::npos) return false;
  const std::string_view local = text.substr(0, at), domain = text.substr(at + 1);
  return (is_dotted_local(local) || is_quoted_local(local)) && (is_domain(domain) || is_mail_literal(domain));
}

bool is_uri_text(std::string_view text) noexcept {
  constexpr std::string_view marks = "-._~:/?#[]@!$&'()*+,;=";
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (is_letter(text[i]) || is_digit(text[i]) || marks.find(text[i]) != std::string_view::npos) continue;
    const auto is_hex = [](char c) { return is_digit(c) || (is_letter(c) && (c | 32) <= 'f'); };
    if (text[i] != '%' || i + 2 >= text.size() || !is_hex(text[i + 1]) || !is_hex(text[i + 2])) return false;
    i += 2;
  }
  return std::count(text.begin(), text.end(), '#') <= 1;
}

bool is_authority(std::string_view text) noexcept {
  const auto at = text.rfind('@');
  if (at != std::string_view::npos && text.substr(0, at).find_first_of("[]@") != std::string_view::npos) return false;
  std::string_view host = at == std::string_view::npos ? text : text.substr(at + 1);
  std::string_view port;
  const auto colon = host.rfind(':');
  if (colon != std::string_view::npos && host.find(']', colon) == std::string_view::npos) {
    port = host.substr(colon + 1);
    host = host.substr(0, colon);
  }
  const bool is_bracketed = host.size() > 2 && host.front() == '[' && host.back() == ']';
  if (is_bracketed && host[1] != 'v' && !is_ipv6(host.substr(1, host.size() - 2))) return false;
  return (is_bracketed || host.find_first_of("[]:") == std::string_view::npos) &&
         std::all_of(port.begin(), port.end(), is_digit);
}

bool is_uri(std::string_view text) noexcept {
  const auto colon = text.find_first_of(":/?#");
  if (colon == std::string_view::npos || colon == 0 || text[colon] != ':' || !is_letter(text[0])) return false;
  const std::string_view scheme = text.substr(0, colon);
  const auto is_scheme = [](char c) { return is_letter(c) || is_digit(c) || c == '+' || c == '-' || c == '.'; };
  if (!std::all_of(scheme.begin(), scheme.end(), is_scheme) || !is_uri_text(text)) return false;
  text.remove_prefix(colon + 1);
  std::size_t path = 0;
  if (text.starts_with("//")) {
    path = std::min(text.find_first_of("/?#", 2), text.size());
    if (!is_authority(text.substr(2, path - 2))) return false;
  }
  return text.find_first_of("[]", path) == std::string_view::npos;
}

}  // namespace

std::optional<Format> format_of(std::string_view name) noexcept {
  if (name == "date") return Format::date;
  if (name == "date-time") return Format::date_time;
  if (name == "email") return Format::email;
  if (name == "uri") return Format::uri;
  if (name == "ipv4") return Format::ipv4;
  if (name == "ipv6") return Format::ipv6;
  return std::nullopt;
}

bool has_format(Format format, std::string_view text) noexcept {
  switch (format) {
    case Format::date:
      return is_date(text);
    case Format::date_time:
      return is_date_time(text);
    case Format::email:
      return is_email(text);
    case Format::uri:
      return is_uri(text);
    case Format::ipv4:
      return is_ipv4(text);
    case Format::ipv6:
      return is_ipv6(text);
  }
  return true;
}

}  // namespace tomada::schema

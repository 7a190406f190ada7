#include "core/base/text.hpp"

#include <algorithm>
#include <numeric>
#include <utility>

namespace tomada::text {
namespace {

char lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), std::size_t{0});
  for (std::size_t i = 1; i <= a.size(); ++i) {
    std::size_t diagonal = std::exchange(row[0], i);
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = diagonal + (lower(a[i - 1]) == lower(b[j - 1]) ? 0 : 1);
      diagonal = row[j];
      row[j] = std::min({row[j] + 1, row[j - 1] + 1, change});
    }
  }
  return row.back();
}

}  // namespace

std::string concat(std::initializer_list<std::string_view> parts) {
  std::size_t size = 0;
  for (const auto part : parts) size += part.size();
  std::string out;
  out.reserve(size);
  for (const auto part : parts) out.append(part);
  return out;
}

std::string join(std::span<const std::string> parts, std::string_view separator) {
  std::string out;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) out.append(separator);
    out.append(parts[i]);
  }
  return out;
}

void append_framed(std::string& out, std::string_view part) {
  out.append(std::to_string(part.size())).append(":").append(part);
}

std::string framed(std::initializer_list<std::string_view> parts) {
  std::string out;
  for (const auto part : parts) append_framed(out, part);
  return out;
}

std::string_view trim(std::string_view text) noexcept {
  constexpr std::string_view blank = " \t\r\n";
  const auto first = text.find_first_not_of(blank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blank) - first + 1);
}

std::vector<std::string_view> split(std::string_view text, char separator) {
  std::vector<std::string_view> out;
  for (std::size_t at = 0;;) {
    const auto end = text.find(separator, at);
    out.push_back(text.substr(at, end - at));
    if (end == std::string_view::npos) return out;
    at = end + 1;
  }
}

bool equals_ignoring_case(std::string_view a, std::string_view b) noexcept {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

// RFC 3629; the bounds of second bytes are table 3-7 of Unicode.
std::size_t utf8_sequence(std::string_view bytes, std::size_t at) noexcept {
  const auto byte = [&](std::size_t k) {
    return static_cast<unsigned char>(at + k < bytes.size() ? bytes[at + k] : 0);
  };
  const auto tail = [&](std::size_t k) { return (byte(k) & 0xC0) == 0x80; };
  const unsigned char first = byte(0);
  if (first < 0x80) return at < bytes.size() ? 1 : 0;
  if (first >= 0xC2 && first <= 0xDF) return tail(1) ? 2 : 0;
  if (first >= 0xE0 && first <= 0xEF) {
    if (first == 0xE0 && byte(1) < 0xA0) return 0;
    if (first == 0xED && byte(1) > 0x9F) return 0;
    return tail(1) && tail(2) ? 3 : 0;
  }
  if (first >= 0xF0 && first <= 0xF4) {
    if (first == 0xF0 && byte(1) < 0x90) return 0;
    if (first == 0xF4 && byte(1) > 0x8F) return 0;
    return tail(1) && tail(2) && tail(3) ? 4 : 0;
  }
  return 0;
}

bool is_utf8(std::string_view bytes) noexcept {
  for (std::size_t i = 0; i < bytes.size();) {
    const std::size_t size = utf8_sequence(bytes, i);
    if (size == 0) return false;
    i += size;
  }
  return true;
}

std::string to_utf8(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size());
  for (std::size_t i = 0; i < bytes.size();) {
    const std::size_t size = utf8_sequence(bytes, i);
    out.append(size == 0 ? std::string_view{"\xEF\xBF\xBD"} : bytes.substr(i, size));
    i += std::max<std::size_t>(size, 1);
  }
  return out;
}

std::string one_line(std::string_view bytes) {
  static constexpr char digits[] = "0123456789abcdef";
  std::string out;
  out.reserve(bytes.size());
  for (std::size_t i = 0; i < bytes.size();) {
    const std::size_t size = std::max<std::size_t>(utf8_sequence(bytes, i), 1);
    const auto first = static_cast<unsigned char>(bytes[i]);
    const bool is_late_control = size == 2 && first == 0xC2 && static_cast<unsigned char>(bytes[i + 1]) < 0xA0;
    const bool is_shown = size > 1 ? !is_late_control : first >= 0x20 && first < 0x7F;
    for (const char byte : bytes.substr(i, size)) {
      const auto value = static_cast<unsigned char>(byte);
      if (is_shown) {
        out += byte;
      } else if (byte == '\n') {
        out += "\\n";
      } else {
        out += {'\\', 'x', digits[value >> 4], digits[value & 15]};
      }
    }
    i += size;
  }
  return out;
}

std::string_view prefix(std::string_view text, std::size_t at_most) noexcept {
  if (text.size() <= at_most) return text;
  std::size_t end = at_most;
  while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
  return text.substr(0, end);
}

bool matches(std::string_view pattern, std::string_view name) noexcept {
  std::size_t p = 0, n = 0, star = std::string_view::npos, mark = 0;
  while (n < name.size()) {
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      mark = n;
    } else if (p < pattern.size() && pattern[p] == name[n]) {
      ++p, ++n;
    } else if (star != std::string_view::npos) {
      p = star + 1;
      n = ++mark;
    } else {
      return false;
    }
  }
  while (p < pattern.size() && pattern[p] == '*') ++p;
  return p == pattern.size();
}

std::string nearest(std::string_view word, std::span<const std::string> known) {
  std::string best;
  std::size_t least = std::max<std::size_t>(1, word.size() / 3) + 1;
  for (const auto& candidate : known) {
    if (const auto d = distance(word, candidate); d < least) {
      least = d;
      best = candidate;
    }
  }
  return best;
}

}  // namespace tomada::text

#include "core/json/writer.hpp"

#include "core/base/text.hpp"
#include "core/json/output.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <vector>

namespace tomada::json {
namespace {

enum class Kind : unsigned char { plain, escaped, beyond_ascii };

constexpr std::array<Kind, 256> kinds_of_bytes() {
  std::array<Kind, 256> out{};
  for (std::size_t byte = 0; byte < 256; ++byte) out[byte] = byte < 0x80 ? Kind::plain : Kind::beyond_ascii;
  for (std::size_t byte = 0; byte < 0x20; ++byte) out[byte] = Kind::escaped;
  out['"'] = out['\\'] = Kind::escaped;
  return out;
}
constexpr std::array<Kind, 256> kinds = kinds_of_bytes();

Kind kind_at(std::string_view text, std::size_t at) noexcept { return kinds[static_cast<unsigned char>(text[at])]; }

void write_escape(Output& out, char c) {
  constexpr std::string_view digits = "0123456789abcdef";
  switch (c) {
    case '"':
      return out.put("\\\"");
    case '\\':
      return out.put("\\\\");
    case '\n':
      return out.put("\\n");
    case '\r':
      return out.put("\\r");
    case '\t':
      return out.put("\\t");
    default:
      out.put("\\u00");
      out.put(digits[static_cast<unsigned char>(c) >> 4]);
      out.put(digits[static_cast<unsigned char>(c) & 15]);
  }
}

// From the first byte that is not plain ASCII on.
void write_rest(Output& out, std::string_view text) {
  std::size_t copied = 0;
  for (std::size_t at = 0; at < text.size();) {
    const Kind kind = kind_at(text, at);
    const std::size_t size = kind == Kind::beyond_ascii ? text::utf8_sequence(text, at) : 1;
    if (kind == Kind::plain || (kind == Kind::beyond_ascii && size > 0)) {
      at += size;
      continue;
    }
    out.put(text.substr(copied, at - copied));
    if (kind == Kind::escaped) {
      write_escape(out, text[at]);
    } else {
      out.put("\xEF\xBF\xBD");  // U+FFFD for a byte that is no UTF-8: the output stays JSON
    }
    copied = ++at;
  }
  out.put(text.substr(copied));
}

void write_text(Output& out, std::string_view text) {
  char* const start = out.room(text.size() + 2);
  char* to = start;
  *to++ = '"';
  std::size_t at = 0;
  for (; at < text.size() && kind_at(text, at) == Kind::plain; ++at) *to++ = text[at];
  out.advance(static_cast<std::size_t>(to - start));
  if (at < text.size()) write_rest(out, text.substr(at));
  out.put('"');
}

template <class Integer>
void write_integer(Output& out, Integer number) {
  constexpr std::size_t longest = 24;
  char* const start = out.room(longest);
  out.advance(static_cast<std::size_t>(std::to_chars(start, start + longest, number).ptr - start));
}

void write_double(Output& out, double number) {
  constexpr std::size_t longest = 40;
  if (!std::isfinite(number)) return out.put("null");
  char* const start = out.room(longest);
  const std::string_view digits{start,
                                static_cast<std::size_t>(std::to_chars(start, start + longest, number).ptr - start)};
  const bool looks_whole = digits.find_first_of(".e") == std::string_view::npos;
  out.advance(digits.size());
  if (looks_whole) out.put(".0");
}

void write_canonical_double(Output& out, double number) {
  constexpr double two_to_63 = 9223372036854775808.0;
  const bool is_whole = std::trunc(number) == number;
  if (is_whole && std::fabs(number) < two_to_63) return write_integer(out, static_cast<std::int64_t>(number));
  if (is_whole && number >= two_to_63 && number < 2 * two_to_63) {
    return write_integer(out, static_cast<std::uint64_t>(number));
  }
  write_double(out, number);
}

enum class Style { plain, canonical };

void write_value(Output& out, const value& from, Style style);

void write_member(Output& out, bool is_first, const object::value_type& member, Style style) {
  out.put(is_first ? '{' : ',');
  write_text(out, {member.key().data(), member.key().size()});
  out.put(':');
  write_value(out, member.value(), style);
}

void write_sorted(Output& out, const object& from) {
  std::vector<const object::value_type*> members;
  members.reserve(from.size());
  for (const auto& member : from) members.push_back(&member);
  std::sort(members.begin(), members.end(), [](const auto* a, const auto* b) { return a->key() < b->key(); });
  for (const auto* member : members) write_member(out, member == members.front(), *member, Style::canonical);
}

void write_object(Output& out, const object& from, Style style) {
  if (from.empty()) return out.put("{}");
  if (style == Style::canonical) {
    write_sorted(out, from);
  } else {
    for (const auto& member : from) write_member(out, &member == from.begin(), member, style);
  }
  out.put('}');
}

void write_array(Output& out, const array& from, Style style) {
  if (from.empty()) return out.put("[]");
  for (const auto& element : from) {
    out.put(&element == from.begin() ? '[' : ',');
    write_value(out, element, style);
  }
  out.put(']');
}

void write_value(Output& out, const value& from, Style style) {
  switch (from.kind()) {
    case boost::json::kind::null:
      return out.put("null");
    case boost::json::kind::bool_:
      return out.put(from.get_bool() ? "true" : "false");
    case boost::json::kind::int64:
      return write_integer(out, from.get_int64());
    case boost::json::kind::uint64:
      return write_integer(out, from.get_uint64());
    case boost::json::kind::double_:
      return style == Style::canonical ? write_canonical_double(out, from.get_double())
                                       : write_double(out, from.get_double());
    case boost::json::kind::string:
      return write_text(out, view(from.get_string()));
    case boost::json::kind::array:
      return write_array(out, from.get_array(), style);
    case boost::json::kind::object:
      return write_object(out, from.get_object(), style);
  }
}

}  // namespace

void write_string(std::string& out, std::string_view text) {
  Output output{out};
  write_text(output, text);
}

void write(std::string& out, const value& from) {
  Output output{out};
  write_value(output, from, Style::plain);
}

void write(std::string& out, const object& from) {
  Output output{out};
  write_object(output, from, Style::plain);
}

void write(std::string& out, const array& from) {
  Output output{out};
  write_array(output, from, Style::plain);
}

std::string text(const value& from) {
  std::string out;
  write(out, from);
  return out;
}

void write_canonical(std::string& out, const value& from) {
  Output output{out};
  write_value(output, from, Style::canonical);
}

}  // namespace tomada::json

#include "core/json/writer.hpp"

#include "core/base/text.hpp"

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

void write_escape(std::string& out, char c) {
  constexpr char digits[] = "0123456789abcdef";
  switch (c) {
    case '"':
      out.append("\\\"", 2);
      return;
    case '\\':
      out.append("\\\\", 2);
      return;
    case '\n':
      out.append("\\n", 2);
      return;
    case '\r':
      out.append("\\r", 2);
      return;
    case '\t':
      out.append("\\t", 2);
      return;
    default:
      out.append("\\u00", 4);
      out.push_back(digits[static_cast<unsigned char>(c) >> 4]);
      out.push_back(digits[static_cast<unsigned char>(c) & 15]);
  }
}

void write_double(std::string& out, double number) {
  if (!std::isfinite(number)) {
    out.append("null", 4);
    return;
  }
  std::array<char, 40> buffer;
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number).ptr;
  const std::string_view digits{buffer.data(), static_cast<std::size_t>(end - buffer.data())};
  out.append(digits);
  if (digits.find_first_of(".e") == std::string_view::npos) out.append(".0", 2);
}

template <class Integer>
void write_integer(std::string& out, Integer number) {
  std::array<char, 24> buffer;
  const auto end = std::to_chars(buffer.data(), buffer.data() + buffer.size(), number).ptr;
  out.append(buffer.data(), static_cast<std::size_t>(end - buffer.data()));
}

void write_canonical_double(std::string& out, double number) {
  constexpr double two_to_63 = 9223372036854775808.0;
  if (std::trunc(number) == number && std::fabs(number) < two_to_63) {
    write_integer(out, static_cast<std::int64_t>(number));
  } else if (std::trunc(number) == number && number >= two_to_63 && number < 2 * two_to_63) {
    write_integer(out, static_cast<std::uint64_t>(number));
  } else {
    write_double(out, number);
  }
}

// What plain and canonical text share: everything but doubles and objects.
bool write_simple(std::string& out, const value& from) {
  switch (from.kind()) {
    case boost::json::kind::null:
      out.append("null", 4);
      return true;
    case boost::json::kind::bool_:
      out.append(from.get_bool() ? "true" : "false");
      return true;
    case boost::json::kind::int64:
      write_integer(out, from.get_int64());
      return true;
    case boost::json::kind::uint64:
      write_integer(out, from.get_uint64());
      return true;
    case boost::json::kind::string:
      write_string(out, view(from.get_string()));
      return true;
    default:
      return false;
  }
}

void write_canonical_object(std::string& out, const object& from) {
  std::vector<const object::value_type*> members;
  members.reserve(from.size());
  for (const auto& member : from) members.push_back(&member);
  std::sort(members.begin(), members.end(), [](const auto* a, const auto* b) { return a->key() < b->key(); });
  char separator = '{';
  for (const auto* member : members) {
    out.push_back(separator);
    write_string(out, {member->key().data(), member->key().size()});
    out.push_back(':');
    write_canonical(out, member->value());
    separator = ',';
  }
  if (members.empty()) out.push_back('{');
  out.push_back('}');
}

}  // namespace

void write_string(std::string& out, std::string_view text) {
  out.push_back('"');
  std::size_t copied = 0;
  for (std::size_t at = 0; at < text.size();) {
    const Kind kind = kinds[static_cast<unsigned char>(text[at])];
    const std::size_t size = kind == Kind::beyond_ascii ? text::utf8_sequence(text, at) : 1;
    if (kind == Kind::plain || (kind == Kind::beyond_ascii && size > 0)) {
      at += size;
      continue;
    }
    out.append(text, copied, at - copied);
    if (kind == Kind::escaped) {
      write_escape(out, text[at]);
    } else {
      out.append("\xEF\xBF\xBD", 3);  // U+FFFD for a byte that is no UTF-8: the output stays JSON
    }
    copied = ++at;
  }
  out.append(text, copied, text.size() - copied);
  out.push_back('"');
}

void write(std::string& out, const value& from) {
  if (const auto* nested = from.if_object()) {
    write(out, *nested);
  } else if (const auto* list = from.if_array()) {
    write(out, *list);
  } else if (const double* number = from.if_double()) {
    write_double(out, *number);
  } else {
    write_simple(out, from);
  }
}

void write(std::string& out, const object& from) {
  char separator = '{';
  for (const auto& member : from) {
    out.push_back(separator);
    write_string(out, {member.key().data(), member.key().size()});
    out.push_back(':');
    write(out, member.value());
    separator = ',';
  }
  if (from.empty()) out.push_back('{');
  out.push_back('}');
}

void write(std::string& out, const array& from) {
  char separator = '[';
  for (const auto& element : from) {
    out.push_back(separator);
    write(out, element);
    separator = ',';
  }
  if (from.empty()) out.push_back('[');
  out.push_back(']');
}

std::string text(const value& from) {
  std::string out;
  write(out, from);
  return out;
}

void write_canonical(std::string& out, const value& from) {
  if (const auto* nested = from.if_object()) {
    write_canonical_object(out, *nested);
  } else if (const auto* list = from.if_array()) {
    char separator = '[';
    for (const auto& element : *list) {
      out.push_back(separator);
      write_canonical(out, element);
      separator = ',';
    }
    if (list->empty()) out.push_back('[');
    out.push_back(']');
  } else if (const double* number = from.if_double()) {
    write_canonical_double(out, *number);
  } else {
    write_simple(out, from);
  }
}

}  // namespace tomada::json

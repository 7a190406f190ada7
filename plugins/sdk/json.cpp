// The one translation unit of the SDK: Boost.JSON itself, so that a plugin needs no shared library of it, with the
// exact reader and the writer beside it. Everything in here stays inside the plugin (plugin.map).
#include <tomada/json.hpp>

#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/src.hpp>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <stdexcept>
#include <utility>

namespace tomada::sdk {
namespace {

using boost::system::error_code;

// Builds values as Boost's own handler does, but keeps the text of numbers that a 64-bit integer cannot hold.
struct ExactHandler {
  static constexpr std::size_t max_object_size = std::size_t{1} << 30;
  static constexpr std::size_t max_array_size = std::size_t{1} << 30;
  static constexpr std::size_t max_key_size = std::size_t{1} << 30;
  static constexpr std::size_t max_string_size = std::size_t{1} << 30;

  json::value_stack stack;
  std::string number;

  bool on_document_begin(error_code&) { return true; }
  bool on_document_end(error_code&) { return true; }
  bool on_object_begin(error_code&) { return true; }
  bool on_object_end(std::size_t members, error_code&) { return stack.push_object(members), true; }
  bool on_array_begin(error_code&) { return true; }
  bool on_array_end(std::size_t members, error_code&) { return stack.push_array(members), true; }
  bool on_key_part(json::string_view part, std::size_t, error_code&) { return stack.push_chars(part), true; }
  bool on_key(json::string_view last, std::size_t, error_code&) { return stack.push_key(last), true; }
  bool on_string_part(json::string_view part, std::size_t, error_code&) { return stack.push_chars(part), true; }
  bool on_string(json::string_view last, std::size_t, error_code&) { return stack.push_string(last), true; }
  bool on_number_part(json::string_view part, error_code&) {
    number.append(part.data(), part.size());
    return true;
  }
  bool on_int64(std::int64_t value, json::string_view, error_code&) {
    number.clear();
    stack.push_int64(value);
    return true;
  }
  bool on_uint64(std::uint64_t, json::string_view last, error_code&) { return keep_text(last); }
  bool on_double(double, json::string_view last, error_code&) { return keep_text(last); }
  bool on_bool(bool value, error_code&) { return stack.push_bool(value), true; }
  bool on_null(error_code&) { return stack.push_null(), true; }
  bool on_comment_part(json::string_view, error_code&) { return true; }
  bool on_comment(json::string_view, error_code&) { return true; }

 private:
  bool keep_text(json::string_view last) {
    number.append(last.data(), last.size());
    stack.push_string(number);
    number.clear();
    return true;
  }
};

json::parse_options as_deep_as_the_host() {
  json::parse_options options;
  options.max_depth = 128;
  return options;
}

void write_escape(std::string& out, char c) {
  static constexpr char digits[] = "0123456789abcdef";
  const auto byte = static_cast<unsigned char>(c);
  if (c == '"' || c == '\\') {
    out += {'\\', c};
  } else if (c == '\n') {
    out += "\\n";
  } else {
    out += {'\\', 'u', '0', '0', digits[byte >> 4], digits[byte & 15]};
  }
}

// Runs of plain characters are copied at once: most texts are one run.
void write_text(std::string& out, json::string_view text) {
  const auto is_plain = [](char c) { return static_cast<unsigned char>(c) >= 0x20 && c != '"' && c != '\\'; };
  out += '"';
  const char* run = text.data();
  const char* const end = run + text.size();
  while (run != end) {
    const char* const stop = std::find_if_not(run, end, is_plain);
    out.append(run, stop);
    if (stop == end) break;
    write_escape(out, *stop);
    run = stop + 1;
  }
  out += '"';
}

void write_number(std::string& out, double number) {
  if (!std::isfinite(number)) {
    out += "null";
    return;
  }
  char buffer[40];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, number).ptr;
  const std::string_view text{buffer, static_cast<std::size_t>(end - buffer)};
  out += text;
  if (text.find_first_of(".e") == std::string_view::npos) out += ".0";
}

void write_array(std::string& out, const json::array& from) {
  const char* separator = "[";
  for (const auto& element : from) {
    out += separator;
    write(out, element);
    separator = ",";
  }
  out += from.empty() ? "[]" : "]";
}

void write_object(std::string& out, const json::object& from) {
  const char* separator = "{";
  for (const auto& [name, member] : from) {
    out += separator;
    write_text(out, name);
    out += ':';
    write(out, member);
    separator = ",";
  }
  out += from.empty() ? "{}" : "}";
}

}  // namespace

json::value read_json(std::string_view text, json::storage_ptr storage) {
  error_code error;
  auto value =
      json::parse(json::string_view{text.data(), text.size()}, error, std::move(storage), as_deep_as_the_host());
  if (error) throw std::runtime_error("this is not JSON: " + error.message());
  return value;
}

json::value read_exact(std::string_view text) {
  const auto options = as_deep_as_the_host();
  json::basic_parser<ExactHandler> parser{options};
  parser.handler().stack.reset();
  error_code error;
  const auto read = parser.write_some(false, text.data(), text.size(), error);
  if (!error && read < text.size()) error = json::error::extra_data;
  if (error) throw std::runtime_error("this is not JSON at byte " + std::to_string(read) + ": " + error.message());
  return parser.handler().stack.release();
}

void write(std::string& out, const json::value& from) {
  switch (from.kind()) {
    case json::kind::null:
      out += "null";
      break;
    case json::kind::bool_:
      out += from.get_bool() ? "true" : "false";
      break;
    case json::kind::int64:
      out += std::to_string(from.get_int64());
      break;
    case json::kind::uint64:
      out += std::to_string(from.get_uint64());
      break;
    case json::kind::double_:
      write_number(out, from.get_double());
      break;
    case json::kind::string:
      write_text(out, from.get_string());
      break;
    case json::kind::array:
      write_array(out, from.get_array());
      break;
    case json::kind::object:
      write_object(out, from.get_object());
      break;
  }
}

std::string write(const json::value& from) {
  std::string out;
  write(out, from);
  return out;
}

}  // namespace tomada::sdk

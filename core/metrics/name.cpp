#include "core/metrics/name.hpp"

#include "core/base/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <stdexcept>

namespace tomada::metrics {
namespace {

// Units that have a base unit, and type names: what `promtool check metrics` objects to in a name.
constexpr std::array<std::string_view, 21> wrong_words = {
    "ms",        "us",        "ns",      "sec",   "milliseconds", "microseconds", "nanoseconds",
    "minutes",   "hours",     "days",    "kb",    "mb",           "gb",           "kilobytes",
    "megabytes", "gigabytes", "counter", "gauge", "histogram",    "summary",      "ratios"};

bool is_snake(std::string_view text) noexcept {
  const auto is_word = [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; };
  return !text.empty() && text.front() >= 'a' && text.front() <= 'z' && text.back() != '_' &&
         std::all_of(text.begin(), text.end(), is_word);
}

[[noreturn]] void refuse(std::string_view what, std::string_view name, std::string_view why) {
  throw std::invalid_argument(text::concat({what, " \"", name, "\" ", why}));
}

void append_escaped(std::string& out, std::string_view text, bool escapes_quotes) {
  for (const char c : text) {
    if (c == '\n') {
      out.append("\\n");
      continue;
    }
    if (c == '\\' || (c == '"' && escapes_quotes)) out.push_back('\\');
    out.push_back(c);
  }
}

}  // namespace

std::string_view name(Kind kind) noexcept {
  if (kind == Kind::counter) return "counter";
  return kind == Kind::gauge ? "gauge" : "histogram";
}

void check_name(std::string_view name, std::string_view help, Kind kind) {
  if (!is_snake(name)) refuse("metric", name, "is not in snake case");
  if (help.empty()) refuse("metric", name, "has no help text");
  if (kind == Kind::counter && !name.ends_with("_total")) refuse("counter", name, "does not end in _total");
  if (kind != Kind::counter) {
    for (const std::string_view suffix : {"_total", "_count", "_sum", "_bucket"}) {
      if (name.ends_with(suffix)) refuse("metric", name, text::concat({"ends in ", suffix, " but is no counter"}));
    }
  }
  for (const auto word : text::split(name, '_')) {
    if (std::find(wrong_words.begin(), wrong_words.end(), word) == wrong_words.end()) continue;
    refuse("metric", name,
           text::concat({"contains \"", word, "\"; use base units (seconds, bytes) and no type names"}));
  }
}

std::string label_text(const Labels& labels) {
  Labels sorted = labels;
  std::sort(sorted.begin(), sorted.end());
  std::string out;
  std::string_view before;
  for (const auto& [name, value] : sorted) {
    if (!is_snake(name) || name == "le") refuse("label", name, "is not in snake case or is reserved");
    if (name == before) refuse("label", name, "is given twice");
    if (!out.empty()) out.push_back(',');
    out.append(name).append("=\"");
    append_escaped(out, text::to_utf8(value), true);
    out.push_back('"');
    before = name;
  }
  return out;
}

std::string escape_help(std::string_view help) {
  std::string out;
  append_escaped(out, text::to_utf8(help), false);
  return out;
}

void append_number(std::string& out, double number) {
  if (std::isnan(number)) {
    out.append("NaN");
  } else if (std::isinf(number)) {
    out.append(number > 0 ? "+Inf" : "-Inf");
  } else {
    std::array<char, 40> buffer;
    out.append(buffer.data(), std::to_chars(buffer.data(), buffer.data() + buffer.size(), number).ptr);
  }
}

}  // namespace tomada::metrics

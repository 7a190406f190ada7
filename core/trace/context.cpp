#include "core/trace/context.hpp"

#include "core/base/id.hpp"
#include "core/base/text.hpp"

#include <algorithm>

namespace tomada::trace {
namespace {

constexpr std::size_t length = 55;  // "00-" 32 digits "-" 16 digits "-" 2 digits

int digit(char c) noexcept {
  if (c >= '0' && c <= '9') return c - '0';
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;  // the recommendation allows lower case only
}

bool is_hex(std::string_view text) noexcept {
  return std::all_of(text.begin(), text.end(), [](char c) { return digit(c) >= 0; });
}

bool is_id(std::string_view text) noexcept {
  return is_hex(text) && text.find_first_not_of('0') != std::string_view::npos;
}

// Version 00 has exactly this form; a later one may go on after another dash; ff is forbidden.
bool is_traceparent(std::string_view text) noexcept {
  if (text.size() < length || text[2] != '-' || text[35] != '-' || text[52] != '-') return false;
  const std::string_view version = text.substr(0, 2);
  if (!is_hex(version) || version == "ff") return false;
  if (text.size() > length && (version == "00" || text[length] != '-')) return false;
  return is_id(text.substr(3, 32)) && is_id(text.substr(36, 16)) && is_hex(text.substr(53, 2));
}

}  // namespace

Context from_traceparent(std::string_view traceparent) {
  const std::string_view text = text::trim(traceparent);
  if (!is_traceparent(text)) return fresh();
  return {std::string{text.substr(3, 32)}, std::string{text.substr(36, 16)}, (digit(text[54]) & 1) != 0};
}

Context fresh() { return {random_hex(16), random_hex(8), true}; }

Context child(const Context& parent) { return {parent.trace_id, random_hex(8), parent.is_sampled}; }

std::string traceparent(const Context& context) {
  return text::concat({"00-", context.trace_id, "-", context.span_id, context.is_sampled ? "-01" : "-00"});
}

}  // namespace tomada::trace

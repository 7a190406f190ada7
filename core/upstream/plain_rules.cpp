#include "core/upstream/plain_rules.hpp"

#include <algorithm>
#include <charconv>
#include <ctime>
#include <string>

namespace tomada::upstream {
namespace {

constexpr Milliseconds default_wait{1'000}, longest_wait{3'600'000};

const std::string* header(const Response& response, std::string_view name) {
  for (const auto& [key, value] : response.headers)
    if (key == name) return &value;
  return nullptr;
}

}  // namespace

std::optional<Milliseconds> retry_after(const Response& response, WallTime now) {
  const std::string* text = header(response, "retry-after");
  if (!text) return std::nullopt;
  long seconds = 0;
  const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), seconds);
  if (error != std::errc{} || end != text->data() + text->size()) {
    std::tm date{};
    if (!strptime(text->c_str(), "%a, %d %b %Y %H:%M:%S GMT", &date)) return std::nullopt;
    seconds = static_cast<long>(timegm(&date) - std::chrono::system_clock::to_time_t(now));
  }
  return std::clamp<Milliseconds>(std::chrono::seconds{seconds}, Milliseconds{0}, longest_wait);
}

Judgement judge_plain(const Request&, const Response& response, WallTime now) {
  Judgement out;
  const int status = response.status;
  out.is_failure = status >= 400;
  out.may_keep = !out.is_failure;
  if (out.is_failure) out.code = "HTTP " + std::to_string(status);
  if (status == 429 || status == 503) {
    out.wait = retry_after(response, now).value_or(default_wait);
    out.may_retry = true;
  }
  out.is_outage = status >= 500;
  out.may_retry = out.may_retry || status == 502 || status == 504;
  return out;
}

}  // namespace tomada::upstream

#include "core/auth/tokens.hpp"

#include "core/base/text.hpp"

#include <algorithm>
#include <cmath>

namespace tomada::auth {
namespace {

constexpr std::chrono::seconds skew{30};        // how far the clocks of two machines may lie apart
constexpr double latest_time = 32'503'680'000;  // the year 3000: beyond it a claim is no time

std::string_view claim(const json::object& claims, std::string_view name) {
  const auto* found = json::find_string(claims, name);
  return found ? json::view(*found) : std::string_view{};
}

bool names(const json::value& value, std::string_view wanted) {
  const auto* text = value.if_string();
  return text && json::view(*text) == wanted;
}

// NumericDate: seconds, possibly with a fraction. The outer none: it is there and no time.
std::optional<std::optional<WallTime>> claimed_time(const json::object& claims, std::string_view name) {
  const auto* found = json::find(claims, name);
  if (!found) return std::optional<WallTime>{};
  if (!found->is_number()) return std::nullopt;
  const double seconds = found->to_number<double>();
  if (!(seconds >= 0 && seconds < latest_time)) return std::nullopt;
  return WallTime{Milliseconds{static_cast<std::int64_t>(std::floor(seconds * 1'000))}};
}

// "scope" is one text with spaces (RFC 8693); some servers write "scp", or a list.
std::vector<std::string> scopes_of(const json::object& claims) {
  std::vector<std::string> out;
  for (const char* name : {"scope", "scp"}) {
    const auto* found = json::find(claims, name);
    if (!found) continue;
    if (const auto* one = found->if_string()) {
      for (const auto each : text::split(json::view(*one), ' ')) out.emplace_back(each);
    } else if (const auto* several = found->if_array()) {
      for (const auto& each : *several) {
        if (const auto* scope = each.if_string()) out.emplace_back(json::view(*scope));
      }
    }
  }
  return out;
}

}  // namespace

bool Tokens::is_for_us(const json::object& claims) const {
  if (claim(claims, "iss") != rules_.issuer) return false;
  const auto* audience = json::find(claims, "aud");
  if (!audience) return false;
  const auto is_us = [this](const json::value& each) { return names(each, rules_.audience); };
  if (const auto* several = audience->if_array()) return std::any_of(several->begin(), several->end(), is_us);
  return is_us(*audience);
}

// None: it is not valid now.
std::optional<WallTime> Tokens::end_of(const json::object& claims) const {
  const auto now = clock_.wall_now();
  const auto expires = claimed_time(claims, "exp"), begins = claimed_time(claims, "nbf"),
             issued = claimed_time(claims, "iat");
  if (!expires || !*expires || !begins || !issued) return std::nullopt;
  if (now >= **expires + skew) return std::nullopt;
  if (begins->value_or(now) > now + skew || issued->value_or(now) > now + skew) return std::nullopt;
  return **expires + skew;
}

std::vector<std::string> Tokens::roles_of(const json::object& claims) const {
  std::vector<std::string> out;
  for (const auto& scope : scopes_of(claims)) {
    const auto found = rules_.scopes.find(scope);
    if (found != rules_.scopes.end()) out.insert(out.end(), found->second.begin(), found->second.end());
  }
  std::sort(out.begin(), out.end());
  out.erase(std::unique(out.begin(), out.end()), out.end());
  return out;
}

TokenHolder Tokens::holder_of(std::string_view token) const {
  const auto read = read_token(token);
  if (!read || !is_for_us(read->claims)) return InvalidToken{};  // before a key is looked for: strangers cause no fetch
  const auto key = keys_.find(read->kid);
  if (!key || !read->is_signed_by(*key)) return InvalidToken{};
  const auto end = end_of(read->claims);
  const auto subject = claim(read->claims, "sub");
  const auto tenant = rules_.tenant_claim.empty() ? "default" : claim(read->claims, rules_.tenant_claim);
  if (!end || subject.empty() || tenant.empty()) return InvalidToken{};
  auto roles = roles_of(read->claims);
  if (roles.empty()) return InsufficientScope{};
  return Holder{
      std::make_shared<const Principal>(Principal{std::string{subject}, std::string{tenant}, std::move(roles)}), end};
}

std::string Tokens::scopes() const {
  std::string out;
  for (const auto& [scope, _] : rules_.scopes) out.append(out.empty() ? "" : " ").append(scope);
  return out;
}

}  // namespace tomada::auth

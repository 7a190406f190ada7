#include "core/auth/token.hpp"

#include "core/base/base64.hpp"
#include "core/base/text.hpp"
#include "core/json/reader.hpp"

#include <algorithm>
#include <array>

namespace tomada::auth {
namespace {

constexpr std::size_t longest = 8'192;
constexpr json::Limits part_limits{16, longest};

std::optional<json::object> read_part(std::string_view encoded) {
  const auto decoded = base64::decode_url(encoded);
  if (!decoded) return std::nullopt;
  auto read = json::read(*decoded, {}, part_limits);
  if (!read || !read->is_object()) return std::nullopt;
  return std::move(read->get_object());
}

bool is_known_type(std::string_view type) noexcept {
  constexpr std::array known{"JWT", "at+jwt", "application/at+jwt"};
  return std::any_of(known.begin(), known.end(), [&](auto each) { return text::equals_ignoring_case(type, each); });
}

}  // namespace

std::optional<Token> read_token(std::string_view text) {
  if (text.size() > longest) return std::nullopt;
  const auto parts = text::split(text, '.');
  if (parts.size() != 3) return std::nullopt;
  const auto header = read_part(parts[0]);
  auto claims = read_part(parts[1]);
  auto signature = base64::decode_url(parts[2]);
  if (!header || !claims || !signature) return std::nullopt;
  const auto* name = json::find_string(*header, "alg");
  const auto* kid = json::find_string(*header, "kid");
  const auto* type = json::find(*header, "typ");
  const auto algorithm = name ? algorithm_of(json::view(*name)) : std::nullopt;
  if (!algorithm || !kid || json::find(*header, "crit")) return std::nullopt;
  if (type && !(type->is_string() && is_known_type(json::view(type->get_string())))) return std::nullopt;
  const auto signed_part = text.substr(0, parts[0].size() + 1 + parts[1].size());
  return Token{*algorithm, std::string{json::view(*kid)}, signed_part, std::move(*signature), std::move(*claims)};
}

}  // namespace tomada::auth

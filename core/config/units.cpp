#include "core/config/units.hpp"

#include <array>
#include <charconv>
#include <cstdint>
#include <utility>

namespace tomada::config {
namespace {

using Unit = std::pair<std::string_view, std::int64_t>;

template <std::size_t Count>
std::optional<std::int64_t> parse(std::string_view text, const std::array<Unit, Count>& units) noexcept {
  std::int64_t number = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (code != std::errc{} || number < 0 || number > 1'000'000'000) return std::nullopt;
  const std::string_view unit = text.substr(static_cast<std::size_t>(end - text.data()));
  for (const auto& [name, factor] : units) {
    if (name == unit) return number * factor;
  }
  return std::nullopt;
}

}  // namespace

std::optional<Milliseconds> parse_duration(std::string_view text) noexcept {
  static constexpr std::array<Unit, 5> units{Unit{"ms", 1}, Unit{"s", 1'000}, Unit{"m", 60'000}, Unit{"h", 3'600'000},
                                             Unit{"d", 86'400'000}};
  const auto found = parse(text, units);
  if (!found) return std::nullopt;
  return Milliseconds{*found};
}

std::optional<std::size_t> parse_bytes(std::string_view text) noexcept {
  static constexpr std::array<Unit, 4> units{Unit{"B", 1}, Unit{"KB", 1 << 10}, Unit{"MB", 1 << 20},
                                             Unit{"GB", 1 << 30}};
  const auto found = parse(text, units);
  if (!found) return std::nullopt;
  return static_cast<std::size_t>(*found);
}

}  // namespace tomada::config

#pragma once
// Reading: small kernel text files and the words in them.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tomada::system {

// Where the kernel's trees are mounted; tests point them at fixtures.
struct Roots {
  std::string proc = "/proc";
  std::string sys = "/sys";
};

[[nodiscard]] std::optional<std::string> read_file(const std::string& path);  // nothing: missing or unreadable
[[nodiscard]] std::vector<std::string_view> lines_of(std::string_view text);
[[nodiscard]] std::vector<std::string_view> words_of(std::string_view line);
[[nodiscard]] std::optional<std::uint64_t> number(std::string_view word);
[[nodiscard]] std::optional<double> decimal(std::string_view word);

// 100 * part / whole, rounded to one decimal; 0 when whole is 0.
[[nodiscard]] double percent(double part, double whole);

}  // namespace tomada::system

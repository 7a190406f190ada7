#include "reading.hpp"

#include <charconv>
#include <cmath>
#include <fstream>
#include <iterator>

namespace tomada::system {

std::optional<std::string> read_file(const std::string& path) {
  std::ifstream file{path, std::ios::binary};
  if (!file) return std::nullopt;
  std::string text{std::istreambuf_iterator<char>{file}, {}};
  if (file.bad()) return std::nullopt;
  return text;
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const auto end = text.find('\n');
    lines.push_back(text.substr(0, end));
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
  return lines;
}

std::vector<std::string_view> words_of(std::string_view line) {
  static constexpr std::string_view space = " \t\r\n";
  std::vector<std::string_view> words;
  for (auto start = line.find_first_not_of(space); start != std::string_view::npos;) {
    const auto end = line.find_first_of(space, start);
    words.push_back(line.substr(start, end - start));
    start = line.find_first_not_of(space, end);
  }
  return words;
}

std::optional<std::uint64_t> number(std::string_view word) {
  std::uint64_t value = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
  if (error != std::errc{} || end != word.data() + word.size()) return std::nullopt;
  return value;
}

std::optional<double> decimal(std::string_view word) {
  double value = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
  if (error != std::errc{} || end != word.data() + word.size()) return std::nullopt;
  return value;
}

double percent(double part, double whole) {
  if (!(whole > 0)) return 0;
  return std::round(part / whole * 1000) / 10;
}

}  // namespace tomada::system

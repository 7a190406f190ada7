#include "network.hpp"

namespace tomada::system {

Traffic parse_net_dev(std::string_view text) {
  Traffic traffic;
  for (const auto line : lines_of(text)) {
    const auto colon = line.find(':');
    if (colon == std::string_view::npos) continue;
    const auto name = words_of(line.substr(0, colon));
    const auto figures = words_of(line.substr(colon + 1));
    if (name.size() != 1 || name[0] == "lo" || figures.size() < 9) continue;
    traffic.received += number(figures[0]).value_or(0);
    traffic.sent += number(figures[8]).value_or(0);
  }
  return traffic;
}

std::optional<std::uint64_t> parse_sockstat(std::string_view text) {
  std::uint64_t sockets = 0;
  bool has_counts = false;
  for (const auto line : lines_of(text)) {
    const auto words = words_of(line);
    if (words.empty() || !(words[0].starts_with("TCP") || words[0] == "UDP:" || words[0] == "UDP6:")) continue;
    for (std::size_t at = 1; at + 1 < words.size(); at += 2) {
      if (words[at] == "inuse" || words[at] == "tw") sockets += number(words[at + 1]).value_or(0);
    }
    has_counts = true;
  }
  if (!has_counts) return std::nullopt;
  return sockets;
}

std::uint64_t count_rows(std::string_view text) {
  const auto lines = lines_of(text).size();
  return lines == 0 ? 0 : lines - 1;  // the first names the columns
}

std::uint64_t count_connections(const Roots& roots) {
  const std::string folder = roots.proc + "/net/";
  if (const auto four = read_file(folder + "sockstat")) {
    if (const auto sockets = parse_sockstat(*four)) {
      return *sockets + parse_sockstat(read_file(folder + "sockstat6").value_or("")).value_or(0);
    }
  }
  std::uint64_t rows = 0;
  for (const char* list : {"tcp", "tcp6", "udp", "udp6"}) rows += count_rows(read_file(folder + list).value_or(""));
  return rows;
}

}  // namespace tomada::system

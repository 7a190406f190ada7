// Reads the system's compiled zones (TZif, RFC 8536), 64-bit data, up to its last listed change; Debian lists them
// until 2037. The standard library of GCC 12 knows no zones, and the C library's are the whole process's.
#include "sql/time_zone.hpp"

#include <algorithm>
#include <array>
#include <cstddef>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace tomada::erp::sql {
namespace {

constexpr std::size_t header_size = 44;
constexpr std::int64_t no_time = std::int64_t{-1} << 60;

class Bytes {
 public:
  explicit Bytes(std::string bytes) : bytes_{std::move(bytes)} {}

  [[nodiscard]] std::int64_t number(std::size_t at, std::size_t size) const {
    if (at + size > bytes_.size()) throw std::out_of_range("the file is cut");
    std::uint64_t out = (bytes_[at] & 0x80) != 0 ? ~std::uint64_t{0} : 0;
    for (std::size_t i = 0; i < size; ++i) out = out << 8 | static_cast<unsigned char>(bytes_[at + i]);
    return static_cast<std::int64_t>(out);
  }
  [[nodiscard]] std::size_t count(std::size_t at) const { return static_cast<std::size_t>(number(at, 4)); }
  [[nodiscard]] bool is_zone() const { return bytes_.starts_with("TZif"); }

 private:
  const std::string bytes_;
};

struct Counts {  // of a block, as its header says
  Counts(const Bytes& from, std::size_t at)
      : utc{from.count(at + 20)},
        standard{from.count(at + 24)},
        leaps{from.count(at + 28)},
        changes{from.count(at + 32)},
        types{from.count(at + 36)},
        letters{from.count(at + 40)} {}
  [[nodiscard]] std::size_t size(std::size_t time) const {
    return header_size + changes * (time + 1) + types * 6 + letters + leaps * (time + 4) + standard + utc;
  }
  std::size_t utc, standard, leaps, changes, types, letters;
};

bool is_name(std::string_view name) {
  const auto is_fine = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '/' ||
           c == '-' || c == '+';
  };
  return !name.empty() && !name.starts_with('/') && std::all_of(name.begin(), name.end(), is_fine);
}

}  // namespace

TimeZone TimeZone::named(std::string_view name, const std::string& folder) {
  TimeZone out;
  if (name.empty() || name == "America/Sao_Paulo") {
    out.changes_ = {{no_time, -3 * 3600}};
    return out;
  }
  const auto refused = std::invalid_argument("time_zone = \"" + std::string{name} +
                                             "\" is no zone that this machine knows; write it like "
                                             "\"America/Sao_Paulo\", or install the package tzdata");
  if (!is_name(name)) throw refused;
  const auto path = folder + "/" + std::string{name};
  if (!std::filesystem::is_regular_file(path)) throw refused;
  std::ifstream file{path, std::ios::binary};
  const Bytes bytes{{std::istreambuf_iterator<char>{file}, {}}};
  if (!bytes.is_zone()) throw refused;
  try {
    const auto begin = Counts{bytes, 0}.size(4);
    const Counts counts{bytes, begin};
    const auto times = begin + header_size, kinds = times + counts.changes * 8, types = kinds + counts.changes;
    const auto offset = [&](std::size_t type) { return static_cast<std::int32_t>(bytes.number(types + type * 6, 4)); };
    out.changes_.push_back({no_time, offset(0)});
    for (std::size_t i = 0; i < counts.changes; ++i)
      out.changes_.push_back(
          {bytes.number(times + i * 8, 8), offset(static_cast<std::size_t>(bytes.number(kinds + i, 1)))});
  } catch (const std::out_of_range&) {
    throw refused;
  }
  return out;
}

Date TimeZone::day(std::int64_t unix_ms) const {
  constexpr std::int64_t day_seconds = 86'400;
  const auto seconds = unix_ms >= 0 ? unix_ms / 1000 : (unix_ms - 999) / 1000;
  const auto after = std::upper_bound(changes_.begin(), changes_.end(), seconds,
                                      [](std::int64_t at, const Change& change) { return at < change.at; });
  const auto local = seconds + (after == changes_.begin() ? after : std::prev(after))->offset;
  return Date::from_days(local >= 0 ? local / day_seconds : (local - day_seconds + 1) / day_seconds);
}

}  // namespace tomada::erp::sql

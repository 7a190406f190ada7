#include "core/base/clock.hpp"

#include <cstdint>

namespace tomada {
namespace {

// A number's last digits, from `at` on.
void put(std::string& text, std::size_t at, std::size_t digits, std::uint64_t number) {
  for (; digits > 0; number /= 10) text[at + --digits] = static_cast<char>('0' + number % 10);
}

}  // namespace

std::string rfc3339(WallTime time) {
  using namespace std::chrono;
  const auto day = floor<days>(time);
  const year_month_day date{day};
  const hh_mm_ss clock{floor<nanoseconds>(time - day)};
  std::string out = "0000-00-00T00:00:00.000000000Z";
  put(out, 0, 4, static_cast<std::uint64_t>(static_cast<int>(date.year())));
  put(out, 5, 2, static_cast<unsigned>(date.month()));
  put(out, 8, 2, static_cast<unsigned>(date.day()));
  put(out, 11, 2, static_cast<std::uint64_t>(clock.hours().count()));
  put(out, 14, 2, static_cast<std::uint64_t>(clock.minutes().count()));
  put(out, 17, 2, static_cast<std::uint64_t>(clock.seconds().count()));
  put(out, 20, 9, static_cast<std::uint64_t>(clock.subseconds().count()));
  return out;
}

}  // namespace tomada

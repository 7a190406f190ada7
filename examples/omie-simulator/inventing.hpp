#pragma once
// Inventing: the parts of a company, each in a file of its own, all from one row of random numbers.
#include "company.hpp"
#include "random.hpp"

#include <string>

namespace omie_simulator {

// A working hour of that day; of today the first minute, so that whatever is changed from now on comes after it.
inline Moment hour_of(Day day, Id id, Day today) {
  if (day >= today) return Moment{today} + std::chrono::minutes{1};
  return Moment{day} + std::chrono::hours{8 + id % 10} + std::chrono::seconds{id % 3'600};
}

inline std::string padded(std::int64_t number, std::size_t width) {
  std::string out = std::to_string(number);
  return out.size() < width ? std::string(width - out.size(), '0') + out : out;
}

// Families, products and services, orders, purchases and service orders, and the stock that they leave.
void invent_trade(Random& random, const Options& options, Company& company);
// First the bills of what was sold, done and bought, then those of everything else.
void invent_titles(Random& random, const Options& options, Company& company);

}  // namespace omie_simulator

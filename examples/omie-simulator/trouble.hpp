#pragma once
// Troublemaker: when an answer goes wrong, how, and how long any answer takes.
#include "options.hpp"
#include "random.hpp"

#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace omie_simulator {

class Troublemaker final {
 public:
  explicit Troublemaker(const Options& options)
      : options_{options}, random_{options.seed ^ 0x7472}, kind_{options.trouble}, left_{options.trouble_count} {}

  [[nodiscard]] Trouble next();  // [any thread]
  [[nodiscard]] Milliseconds latency(bool is_heavy, std::size_t records);
  void make(Trouble kind, std::size_t count);  // surely, for the next ones

 private:
  const Options& options_;
  std::mutex mutex_;  // guards the three below
  Random random_;
  Trouble kind_;
  std::size_t left_;
};

[[nodiscard]] std::vector<std::string> trouble_names();
[[nodiscard]] bool read_trouble(std::string_view name, Trouble& out);

}  // namespace omie_simulator

#pragma once
// Refusals: questions that an upstream would refuse for some time yet, remembered for all processes, so that nobody
// sends them before. Each one sent too early is a fault nearer to its block.
#include "core/base/clock.hpp"
#include "core/base/error.hpp"

#include <map>
#include <mutex>
#include <optional>
#include <string>

namespace tomada::upstream {

struct Refusal {
  std::string problem;  // one sentence: who refuses what
  Milliseconds left{0};

  [[nodiscard]] Error error(const std::string& upstream) const;  // busy; the hint has the seconds
};

class Refusals final {
 public:
  Refusals(std::string folder, const Clock& clock) : folder_{std::move(folder)}, clock_{clock} {}

  // The question of this key is not to be sent for so long. Another time replaces an earlier one.
  void keep(const std::string& key, const std::string& problem, Milliseconds wait);
  [[nodiscard]] std::optional<Refusal> find(const std::string& key) const;

 private:
  struct Until {
    std::int64_t unix_ms = 0;
    std::string problem;
  };
  [[nodiscard]] std::string path(const std::string& key) const;
  [[nodiscard]] std::optional<Until> read(const std::string& key) const;

  const std::string folder_;  // the one of Responses, which sweeps it
  const Clock& clock_;
  mutable std::mutex mutex_;          // guards own_
  std::map<std::string, Until> own_;  // this process's: they hold on a full disk too
};

}  // namespace tomada::upstream

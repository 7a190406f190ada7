#pragma once
// Epochs: how often the things that answers are made of have been written, counted in the store that all instances
// share. An answer is true as long as the epochs stand where they stood when its flight began.
#include "core/cache/result_cache.hpp"

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace tomada::cache {

[[nodiscard]] std::vector<std::string> epochs_under(const Matter& answer);  // those that it depends on
[[nodiscard]] std::vector<std::string> epochs_moved_by(const Matter& write);
inline constexpr std::string_view epoch_of_everything = "*";  // every answer depends on it

using Count = std::map<std::string, std::int64_t, std::less<>>;  // by epoch; what is not there is 0

// What one instance knows of the epochs, so that it finds out what it has missed.
class Ledger final {
 public:
  struct Moved {
    bool is_unknown = false;  // another generation: what has moved meanwhile cannot be told
    bool is_everything = false;
    std::vector<Matter> writes{};
  };
  [[nodiscard]] Moved take(std::string generation, Count now);
  // A generation is one life of the store's memory: after a restart or a loss its counts mean nothing to older ones.
  void moved_by_us(const std::string& epoch, std::int64_t now);
  // What this instance did it need not hear of, unless others moved the same between.
  [[nodiscard]] const std::string& generation() const noexcept { return generation_; }

 private:
  std::string generation_;
  Count known_;
};

}  // namespace tomada::cache

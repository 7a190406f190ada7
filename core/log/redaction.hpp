#pragma once
// Redaction: replaces every known secret in a text, in each form in which programs quote it.
#include "core/base/snapshot.hpp"

#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace tomada::log {

class Redaction final {
 public:
  static constexpr std::size_t shortest_secret = 4;  // shorter ones would blacken ordinary words

  void hide(std::string_view secret);  // [any thread] shorter than shortest_secret: ignored
  [[nodiscard]] bool finds(std::string_view text) const;
  [[nodiscard]] std::string apply(std::string_view text) const;

 private:
  std::mutex mutex_;                          // one writer at a time
  Snapshot<std::vector<std::string>> forms_;  // longest first: a secret inside another must not break it up
};

}  // namespace tomada::log

#pragma once
// Retirement: generations that a reload has replaced, each kept until its last call is over.
#include "core/app/generation.hpp"

#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>
#include <vector>

namespace tomada::app {

class Retirement final {
 public:
  Retirement() = default;
  ~Retirement();  // waits for nobody: calls that still run are cancelled

  void take(std::unique_ptr<Generation> old);
  [[nodiscard]] bool is_empty();

 private:
  void keep(const std::stop_token& stop);

  std::mutex mutex_;  // guards old_
  std::condition_variable_any changed_;
  std::vector<std::unique_ptr<Generation>> old_;
  std::jthread thread_;  // begun with the first; last: it uses everything above
};

}  // namespace tomada::app

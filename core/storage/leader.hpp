#pragma once
// Leader: at most one process of a state folder holds it; the kernel gives it up with the process.
#include <atomic>
#include <mutex>
#include <string>

namespace tomada::storage {

class Leader final {
 public:
  explicit Leader(std::string lock_path);
  ~Leader();
  Leader(const Leader&) = delete;
  Leader& operator=(const Leader&) = delete;

  [[nodiscard]] bool
  try_lead();  // true: this process leads (now or already); cheap, call it on every tick [any thread]
  [[nodiscard]] bool is_leading() const noexcept { return is_leading_; }

 private:
  const std::string path_;
  std::mutex mutex_;  // guards file_
  int file_ = -1;
  std::atomic<bool> is_leading_{false};
};

}  // namespace tomada::storage

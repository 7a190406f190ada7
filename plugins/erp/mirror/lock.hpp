#pragma once
// Lock: one process copies, the others read what it has copied. The kernel gives it up with the process.
#include <string>

namespace tomada::erp::mirror {

class Lock {
 public:
  explicit Lock(const std::string& path);  // takes it if nobody has it
  Lock(const Lock&) = delete;
  Lock& operator=(const Lock&) = delete;
  ~Lock();

  [[nodiscard]] bool is_held() const noexcept { return is_held_; }

 private:
  int descriptor_ = -1;
  bool is_held_ = false;
};

}  // namespace tomada::erp::mirror

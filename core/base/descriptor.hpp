#pragma once
// Descriptor: a file, socket or folder that is closed with its owner.
#include <unistd.h>
#include <utility>

namespace tomada {

class Descriptor final {
 public:
  explicit Descriptor(int number) noexcept : number_{number} {}  // as open() gives it; negative: none
  ~Descriptor() {
    if (number_ >= 0) ::close(number_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  [[nodiscard]] int number() const noexcept { return number_; }
  [[nodiscard]] bool is_open() const noexcept { return number_ >= 0; }
  [[nodiscard]] int release() noexcept { return std::exchange(number_, -1); }  // it is the caller's from now on

 private:
  int number_;
};

}  // namespace tomada

#pragma once
// SharedFile: a small file of fixed size that processes read, write and lock by byte ranges. Locks belong to this
// object and end with it, also by kill -9.
#include "core/base/result.hpp"

#include <cstddef>
#include <cstdint>
#include <string>

namespace tomada::upstream {

class SharedFile final {
 public:
  [[nodiscard]] static Result<SharedFile> open(const std::string& path, std::size_t size);  // 0600; new bytes are zero
  SharedFile(SharedFile&& other) noexcept : descriptor_{other.descriptor_} { other.descriptor_ = -1; }
  SharedFile& operator=(SharedFile&&) = delete;
  ~SharedFile();

  [[nodiscard]] bool read(std::size_t at, void* out, std::size_t size) const noexcept;
  [[nodiscard]] bool write(std::size_t at, const void* from, std::size_t size) const noexcept;

  // Against other SharedFile objects only, in this and in other processes. Any byte below 2^62, inside the file or not.
  [[nodiscard]] bool try_lock(std::uint64_t byte) const noexcept;
  void lock(std::uint64_t byte) const noexcept;  // waits; for critical sections of microseconds
  void unlock(std::uint64_t byte) const noexcept;

 private:
  explicit SharedFile(int descriptor) noexcept : descriptor_{descriptor} {}
  int descriptor_;
};

}  // namespace tomada::upstream

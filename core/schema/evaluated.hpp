#pragma once
// Evaluated: which members or elements of one instance some keyword has looked at, for unevaluatedProperties and
// unevaluatedItems. Allocates only for instances of more than 256.
#include "core/json/value.hpp"

#include <array>
#include <cstdint>
#include <vector>

namespace tomada::schema {

class Evaluated final {
 public:
  explicit Evaluated(const json::value& instance) {
    if (const auto* members = instance.if_object()) size_ = members->size();
    if (const auto* elements = instance.if_array()) size_ = elements->size();
    if (words() > inline_.size()) outside_.resize(words());
  }
  void mark(std::size_t position) noexcept { at(position / 64) |= std::uint64_t{1} << (position % 64); }
  [[nodiscard]] bool has(std::size_t position) const noexcept {
    const std::uint64_t* bits = outside_.empty() ? inline_.data() : outside_.data();
    return (bits[position / 64] >> (position % 64) & 1) != 0;
  }
  void merge(const Evaluated& other) noexcept {  // of the same instance
    for (std::size_t i = 0; i < words(); ++i) at(i) |= other.outside_.empty() ? other.inline_[i] : other.outside_[i];
  }

 private:
  [[nodiscard]] std::size_t words() const noexcept { return (size_ + 63) / 64; }
  [[nodiscard]] std::uint64_t& at(std::size_t word) noexcept {
    return outside_.empty() ? inline_[word] : outside_[word];
  }

  std::size_t size_ = 0;
  std::array<std::uint64_t, 4> inline_{};
  std::vector<std::uint64_t> outside_;
};

}  // namespace tomada::schema

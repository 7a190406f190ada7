#pragma once
// Output: appends to a string through a cursor. std::string checks and grows on every append, which costs more than the
// short keys and numbers of JSON themselves.
#include <algorithm>
#include <cstring>
#include <string>
#include <string_view>

namespace tomada::json {

class Output final {
 public:
  explicit Output(std::string& text) : text_{text}, begin_{text.size()}, used_{text.size()} {}
  ~Output() { text_.resize(used_); }
  Output(const Output&) = delete;
  Output& operator=(const Output&) = delete;

  [[nodiscard]] char* room(std::size_t size) {  // at least so many bytes to write to; then advance()
    if (used_ + size > text_.size()) text_.resize(used_ + size + std::max(least_growth, used_ - begin_));
    return text_.data() + used_;
  }
  void advance(std::size_t size) noexcept { used_ += size; }
  void put(char c) {
    *room(1) = c;
    advance(1);
  }
  void put(std::string_view text) {
    if (!text.empty()) std::memcpy(room(text.size()), text.data(), text.size());
    advance(text.size());
  }

 private:
  static constexpr std::size_t least_growth = 256;

  std::string& text_;
  const std::size_t begin_;  // growth follows what was written here, not what was there before
  std::size_t used_;
};

}  // namespace tomada::json

#pragma once
// LineReader: bytes in, frames out, one per line; a line beyond the limit is reported once and skipped to its end.
#include <cstddef>
#include <functional>
#include <span>
#include <string_view>
#include <vector>

namespace tomada::stdio {

class LineReader final {
 public:
  using Sink = std::function<void(std::string_view line)>;
  LineReader(std::size_t most_bytes, Sink frame, std::function<void()> too_long)
      : most_bytes_{most_bytes}, frame_{std::move(frame)}, too_long_{std::move(too_long)} {}

  [[nodiscard]] std::span<char> space();  // where the next bytes go; never empty
  void received(std::size_t bytes);       // that many were put there
  void finish();                          // end of input: a last line without its newline is still a frame

 private:
  void take(std::string_view line);
  void make_room();

  static constexpr std::size_t block = 64u << 10;
  const std::size_t most_bytes_;
  Sink frame_;
  std::function<void()> too_long_;
  std::vector<char> buffer_;
  std::size_t begin_ = 0;  // of the unfinished line
  std::size_t end_ = 0;    // of what was received
  bool is_skipping_ = false;
};

}  // namespace tomada::stdio

#include "transports/stdio/line_reader.hpp"

#include "core/base/text.hpp"

#include <algorithm>
#include <cstring>

namespace tomada::stdio {

std::span<char> LineReader::space() {
  make_room();
  return {buffer_.data() + end_, buffer_.size() - end_};
}

void LineReader::make_room() {
  if (begin_ > 0) {
    std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);  // the unfinished line moves to the front
    end_ -= begin_;
    begin_ = 0;
  }
  if (end_ == 0 && buffer_.size() > 16 * block)
    std::vector<char>{}.swap(buffer_);  // one huge frame must not cost for ever
  if (buffer_.size() < end_ + block) buffer_.resize(std::max(end_ + block, end_ * 2));
}

void LineReader::received(std::size_t bytes) {
  std::size_t searched = end_;
  end_ += bytes;
  const std::string_view all{buffer_.data(), end_};
  for (auto newline = all.find('\n', searched); newline != std::string_view::npos; newline = all.find('\n', searched)) {
    const auto line = all.substr(begin_, newline - begin_);
    begin_ = searched = newline + 1;
    if (is_skipping_) {
      is_skipping_ = false;
    } else {
      take(line);
    }
  }
  if (is_skipping_ || end_ - begin_ > most_bytes_ + 1) {  // one more: a carriage return
    if (!is_skipping_) too_long_();
    is_skipping_ = true;
    begin_ = end_ = 0;
  }
}

void LineReader::finish() {
  const std::string_view rest{buffer_.data() + begin_, end_ - begin_};
  begin_ = end_ = 0;
  if (!is_skipping_) take(rest);
}

void LineReader::take(std::string_view line) {
  if (line.ends_with('\r')) line.remove_suffix(1);
  if (line.size() > most_bytes_) return too_long_();
  if (!text::trim(line).empty()) frame_(line);
}

}  // namespace tomada::stdio

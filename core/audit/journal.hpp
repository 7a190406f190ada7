#pragma once
// Journal: lines in a private file that only grows, each on the disk when append() returns. Several processes share it.
#include "core/base/result.hpp"

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace tomada::audit {

struct Bounds {
  std::size_t file_bytes = 8u << 20;  // then the file is put aside and a new one begun
  std::size_t files = 8;              // with the one in use; the oldest leaves
};

class Journal final {
 public:
  Journal(std::string folder, Bounds bounds) : folder_{std::move(folder)}, bounds_{bounds} {}

  [[nodiscard]] Result<void> append(std::string_view line) const;
  // [any thread] line: without its end. Errors: system, with the file and a mend; the line is then not to be relied on.

  struct Line {
    std::string_view text;
    bool is_whole = true;  // false: its end never reached the disk
  };
  [[nodiscard]] Result<void> each(const std::function<void(const Line&)>& take) const;  // [any thread] oldest first

  [[nodiscard]] std::string path() const { return folder_ + "/audit.jsonl"; }

 private:
  [[nodiscard]] std::vector<std::string> put_aside() const;  // oldest first
  [[nodiscard]] Result<void> rotate(std::size_t more) const;

  const std::string folder_;
  const Bounds bounds_;
};

}  // namespace tomada::audit

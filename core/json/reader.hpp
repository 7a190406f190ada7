#pragma once
// Reader: strict JSON text to values. Duplicate keys, non-finite numbers, bad UTF-8, excess depth and size are refused.
#include "core/base/result.hpp"
#include "core/json/value.hpp"

#include <cstddef>
#include <string_view>

namespace tomada::json {

struct Limits {
  std::size_t depth = 128;  // at most 2000: values are written and destroyed by recursion
  std::size_t bytes = 4u << 20;
  bool allows_repeated_keys = false;  // of one object; the last one counts
};

[[nodiscard]] Result<value> read(std::string_view text, storage_ptr storage = {}, const Limits& limits = {});
// Errors: invalid_argument, "where" is the byte offset ("byte 17"). Reuses one parser per thread.

}  // namespace tomada::json

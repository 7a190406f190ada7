#pragma once
// Object file: whether a file is a whole shared object for this machine. The dynamic loader trusts what it maps and
// dies of a file that ends before its segments do.
#include "core/base/result.hpp"

#include <string>

namespace tomada::plugin {

[[nodiscard]] Result<void> check_object_file(const std::string& path);
// Errors: tool (cannot be read, no regular file, no shared object, another machine's, cut short).

}  // namespace tomada::plugin

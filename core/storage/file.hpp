#pragma once
// The store's file on disk: created private, moved aside when it is corrupt, guarded while it is opened.
#include "core/base/result.hpp"

#include <string>
#include <sys/stat.h>

namespace tomada::storage {

// Holds PATH.lock while a file is being opened, so that two starting processes do not both move one aside.
class OpeningGuard final {
 public:
  explicit OpeningGuard(const std::string& path);  // waits; without a lock file it guards nothing
  ~OpeningGuard();
  OpeningGuard(const OpeningGuard&) = delete;
  OpeningGuard& operator=(const OpeningGuard&) = delete;

 private:
  int file_ = -1;
};

[[nodiscard]] Result<struct stat> ensure_private_file(const std::string& path);
// Creates it with 0600 when absent, narrows it to 0600 when present. Errors: system, with the path and a mend.

[[nodiscard]] Result<std::string> move_aside(const std::string& path, std::int64_t now_ms);
// Renames PATH and its -wal and -shm to PATH.corrupt-YYYYMMDDTHHMMSSZ[-n]…; answers the new name.

}  // namespace tomada::storage

#include "core/storage/file.hpp"

#include "core/base/text.hpp"

#include <cerrno>
#include <cstdio>
#include <ctime>
#include <fcntl.h>
#include <sys/file.h>
#include <system_error>
#include <unistd.h>

namespace tomada::storage {
namespace {

Error refused(std::string_view doing, const std::string& path, int code) {
  const bool is_missing = code == ENOENT || code == ENOTDIR;
  return failure(ErrorCode::system,
                 text::concat({"cannot ", doing, " the store ", path, ": ", std::generic_category().message(code)}),
                 path,
                 is_missing ? "create its folder, or choose another one with --state DIR"
                            : "make its folder writable for this user, or choose another one with --state DIR");
}

std::string stamp(std::int64_t now_ms) {
  const auto seconds = static_cast<std::time_t>(now_ms / 1000);
  std::tm parts{};
  gmtime_r(&seconds, &parts);
  char out[32];
  return {out, std::strftime(out, sizeof out, "%Y%m%dT%H%M%SZ", &parts)};
}

bool exists(const std::string& path) { return ::access(path.c_str(), F_OK) == 0; }

}  // namespace

OpeningGuard::OpeningGuard(const std::string& path)
    : file_{::open((path + ".lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)} {
  while (file_ >= 0 && ::flock(file_, LOCK_EX) != 0 && errno == EINTR) {
  }
}

OpeningGuard::~OpeningGuard() {
  if (file_ >= 0) ::close(file_);
}

// SQLite's own locks are lost when the process closes any other descriptor of the file, so an existing one is never
// opened.
Result<struct stat> ensure_private_file(const std::string& path) {
  const int created = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (created >= 0) ::close(created);
  if (created < 0 && errno != EEXIST) return refused("create", path, errno);
  struct stat found {};
  if (::stat(path.c_str(), &found) != 0) return refused("open", path, errno);
  if (!S_ISREG(found.st_mode)) {
    return failure(ErrorCode::system, text::concat({"cannot open the store ", path, ": it is not a file"}), path,
                   "move it away, or choose another folder with --state DIR");
  }
  if ((found.st_mode & 077) != 0 && ::chmod(path.c_str(), 0600) != 0) return refused("protect", path, errno);
  return found;
}

Result<std::string> move_aside(const std::string& path, std::int64_t now_ms) {
  const std::string base = path + ".corrupt-" + stamp(now_ms);
  std::string target = base;
  for (int i = 2; exists(target); ++i) target = base + "-" + std::to_string(i);
  if (std::rename(path.c_str(), target.c_str()) != 0) return refused("move aside", path, errno);
  for (const char* companion : {"-wal", "-shm"}) {
    const std::string from = path + companion;
    if (exists(from) && std::rename(from.c_str(), (target + companion).c_str()) != 0)
      return refused("move aside", from, errno);
  }
  return target;
}

}  // namespace tomada::storage

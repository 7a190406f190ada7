// A flock on a file that is never closed while this process leads: the kernel releases it however the process ends.
// The path is looked at on every tick, because a lock on a file that somebody deleted excludes nobody.
#include "core/storage/leader.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

namespace tomada::storage {
namespace {

bool is_same_file(int file, const std::string& path) {
  struct stat held {
  }, named{};
  if (::fstat(file, &held) != 0 || ::stat(path.c_str(), &named) != 0) return false;
  return held.st_dev == named.st_dev && held.st_ino == named.st_ino;
}

}  // namespace

Leader::Leader(std::string lock_path) : path_{std::move(lock_path)} {}

Leader::~Leader() {
  if (file_ >= 0) ::close(file_);
}

bool Leader::try_lead() {
  const std::lock_guard lock{mutex_};
  if (is_leading_ && is_same_file(file_, path_)) return true;
  is_leading_ = false;
  if (file_ >= 0) ::close(file_);
  file_ = ::open(path_.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file_ < 0) return false;
  is_leading_ = ::flock(file_, LOCK_EX | LOCK_NB) == 0 && is_same_file(file_, path_);
  return is_leading_;
}

}  // namespace tomada::storage

#include "core/upstream/shared_file.hpp"

#include "core/base/text.hpp"

#include <cerrno>
#include <fcntl.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace tomada::upstream {
namespace {

int apply_lock(int descriptor, int command, short type, std::uint64_t byte) noexcept {
  struct flock range {};
  range.l_type = type;
  range.l_whence = SEEK_SET;
  range.l_start = static_cast<off_t>(byte);
  range.l_len = 1;
  int result = 0;
  do {
    result = ::fcntl(descriptor, command, &range);
  } while (result != 0 && errno == EINTR);
  return result;
}

}  // namespace

Result<SharedFile> SharedFile::open(const std::string& path, std::size_t size) {
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
  // Allocated now, so that no later write can fail for want of room.
  const int error = descriptor < 0 ? errno : size == 0 ? 0 : ::posix_fallocate(descriptor, 0, static_cast<off_t>(size));
  if (error == 0) return SharedFile{descriptor};
  if (descriptor >= 0) ::close(descriptor);
  return failure(ErrorCode::system,
                 text::concat({"Cannot write ", path, ": ", std::generic_category().message(error), "."}), path,
                 "make the state folder writable and leave some room on its disk");
}

SharedFile::~SharedFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

bool SharedFile::read(std::size_t at, void* out, std::size_t size) const noexcept {
  return ::pread(descriptor_, out, size, static_cast<off_t>(at)) == static_cast<ssize_t>(size);
}

bool SharedFile::write(std::size_t at, const void* from, std::size_t size) const noexcept {
  return ::pwrite(descriptor_, from, size, static_cast<off_t>(at)) == static_cast<ssize_t>(size);
}

bool SharedFile::try_lock(std::uint64_t byte) const noexcept {
  return apply_lock(descriptor_, F_OFD_SETLK, F_WRLCK, byte) == 0;
}

void SharedFile::lock(std::uint64_t byte) const noexcept { (void)apply_lock(descriptor_, F_OFD_SETLKW, F_WRLCK, byte); }

void SharedFile::unlock(std::uint64_t byte) const noexcept {
  (void)apply_lock(descriptor_, F_OFD_SETLK, F_UNLCK, byte);
}

}  // namespace tomada::upstream

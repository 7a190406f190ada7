#include "mirror/lock.hpp"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

namespace tomada::erp::mirror {

Lock::Lock(const std::string& path) : descriptor_{::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600)} {
  is_held_ = descriptor_ >= 0 && ::flock(descriptor_, LOCK_EX | LOCK_NB) == 0;
}

Lock::~Lock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace tomada::erp::mirror

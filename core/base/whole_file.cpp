#include "core/base/whole_file.hpp"

#include "core/base/id.hpp"
#include "core/base/text.hpp"

#include <algorithm>
#include <cerrno>
#include <fcntl.h>
#include <fstream>
#include <sys/stat.h>
#include <unistd.h>

namespace tomada {

bool write_all(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno != EINTR) return false;
    if (written > 0) bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return true;
}

std::string read_whole_file(const std::string& path) {
  std::ifstream file{path, std::ios::binary | std::ios::ate};
  if (!file) return {};
  std::string out(static_cast<std::size_t>(std::max<std::streamoff>(file.tellg(), 0)), '\0');
  file.seekg(0);
  file.read(out.data(), static_cast<std::streamsize>(out.size()));
  return file ? out : std::string{};
}

bool write_whole_file(const std::string& path, std::string_view head, std::string_view body) {
  const std::string draft = text::concat({path, ".", random_hex(6), ".draft"});
  const int descriptor = ::open(draft.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (descriptor < 0) return false;
  const bool is_written = write_all(descriptor, head) && write_all(descriptor, body);
  const int error = errno;
  ::close(descriptor);
  if (is_written && ::rename(draft.c_str(), path.c_str()) == 0) return true;
  ::unlink(draft.c_str());
  errno = error;
  return false;
}

}  // namespace tomada

#include "core/log/sink.hpp"

#include <cerrno>
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>
#include <utility>

// Making stderr itself non-blocking would make it so for every process that shares it. A pipe is therefore opened a
// second time through /proc, a socket is written with MSG_DONTWAIT, and anything else is asked with poll first.
namespace tomada::log {
namespace {

constexpr int patience_ms = 20;

int open_file(const std::string& file) noexcept {
  return ::open(file.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);
}

}  // namespace

Sink::Sink(std::string file) : file_{std::move(file)} { open(); }

Sink::~Sink() { close(); }

void Sink::open() noexcept {
  if (!file_.empty()) descriptor_ = open_file(file_);
  is_file_ = is_owned_ = descriptor_ >= 0;
  if (!is_owned_) descriptor_ = STDERR_FILENO;
  struct stat status {};
  if (::fstat(descriptor_, &status) != 0) return;
  is_socket_ = S_ISSOCK(status.st_mode);
  if (is_owned_ || !S_ISFIFO(status.st_mode)) return;
  const int second = ::open("/proc/self/fd/2", O_WRONLY | O_NONBLOCK | O_CLOEXEC);
  if (second < 0) return;
  descriptor_ = second;
  is_owned_ = true;
}

bool Sink::is_fallback() const noexcept { return !file_.empty() && !is_file_; }

void Sink::close() noexcept {
  if (is_owned_) ::close(descriptor_);
}

void Sink::reopen() noexcept {
  if (file_.empty()) return;
  const int next = open_file(file_);
  if (next < 0) return;
  close();
  descriptor_ = next;
  is_file_ = is_owned_ = true;
  is_socket_ = is_stuck_ = is_mid_line_ = false;
}

bool Sink::is_ready(int wait_ms) const noexcept {
  pollfd entry{descriptor_, POLLOUT, 0};
  return ::poll(&entry, 1, wait_ms) == 1 && (entry.revents & POLLOUT) != 0;
}

long Sink::put(std::string_view line) const noexcept {
  long size = 0;
  do {
    size = is_socket_ ? ::send(descriptor_, line.data(), line.size(), MSG_DONTWAIT | MSG_NOSIGNAL)
                      : ::write(descriptor_, line.data(), line.size());
  } while (size < 0 && errno == EINTR);
  return size;
}

bool Sink::write(std::string_view line) noexcept {
  for (const int wait_ms : {0, is_stuck_ ? 0 : patience_ms}) {
    if (!is_ready(wait_ms)) continue;
    if (is_mid_line_ && put("\n") == 1) is_mid_line_ = false;
    const long size = put(line);
    if (size < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) continue;
    is_mid_line_ = is_mid_line_ || (size > 0 && static_cast<std::size_t>(size) < line.size());
    is_stuck_ = size != static_cast<long>(line.size());
    return !is_stuck_;
  }
  is_stuck_ = true;
  return false;
}

}  // namespace tomada::log

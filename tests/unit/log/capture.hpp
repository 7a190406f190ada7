#pragma once
// Where a test's log lines go: a temporary file, or stderr turned to a pipe or socket of the test.
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <string>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace tomada::test {

class TemporaryFile {
 public:
  TemporaryFile() {
    std::string name = (std::filesystem::temp_directory_path() / "tomada-log-XXXXXX").string();
    ::close(::mkstemp(name.data()));
    path = name;
  }
  ~TemporaryFile() { std::filesystem::remove(path); }
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;

  std::string path;
};

// While it lives, stderr is one end of `ends` and the test reads the other.
class Stderr {
 public:
  explicit Stderr(std::pair<int, int> ends) : reader_{ends.first}, saved_{::dup(STDERR_FILENO)} {
    ::dup2(ends.second, STDERR_FILENO);
    ::close(ends.second);
    ::fcntl(reader_, F_SETFL, O_NONBLOCK);
  }
  ~Stderr() {
    ::dup2(saved_, STDERR_FILENO);
    ::close(saved_);
    ::close(reader_);
  }
  Stderr(const Stderr&) = delete;
  Stderr& operator=(const Stderr&) = delete;

  [[nodiscard]] std::string read_all() const {
    std::string out;
    char buffer[4096];
    for (ssize_t size = 0; (size = ::read(reader_, buffer, sizeof buffer)) > 0;)
      out.append(buffer, static_cast<std::size_t>(size));
    return out;
  }

  static std::pair<int, int> pipe() {
    int ends[2] = {-1, -1};
    if (::pipe(ends) != 0) std::abort();
    return {ends[0], ends[1]};
  }
  static std::pair<int, int> socket() {
    int ends[2] = {-1, -1};
    if (::socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0) std::abort();
    return {ends[0], ends[1]};
  }

 private:
  int reader_;
  int saved_;
};

}  // namespace tomada::test

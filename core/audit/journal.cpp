// One write() per line, under a lock that all processes of the folder take. A process that dies in the middle leaves
// half a line; the next line then begins on a line of its own, so that nothing after it is lost.
#include "core/audit/journal.hpp"

#include "core/base/descriptor.hpp"
#include "core/base/text.hpp"
#include "core/base/whole_file.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <fcntl.h>
#include <filesystem>
#include <sys/file.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>

namespace tomada::audit {
namespace {

constexpr std::string_view aside_begin = "audit-", aside_end = ".jsonl";
constexpr std::size_t number_digits = 10;

Error refused(std::string_view doing, const std::string& path) {
  const auto why = std::generic_category().message(errno);
  return failure(ErrorCode::system, text::concat({"cannot ", doing, " the audit trail ", path, ": ", why}), path,
                 "make room and the state folder writable for this user; nothing is booked meanwhile");
}

Descriptor open_lock(const std::string& folder) {
  return Descriptor{::open((folder + "/audit.lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600)};
}

int lock(int file, int how) {
  int done = 0;
  while ((done = ::flock(file, how)) != 0 && errno == EINTR) {
  }
  return done;
}

bool ends_in_half_a_line(int file, off_t size) {
  char last = '\n';
  return size > 0 && ::pread(file, &last, 1, size - 1) == 1 && last != '\n';
}

bool settle_folder(const std::string& folder) {
  const Descriptor opened{::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC)};
  return opened.is_open() && ::fsync(opened.number()) == 0;
}

Result<std::string> contents(const std::string& path) {
  const Descriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW)};
  if (!file.is_open()) return errno == ENOENT ? Result<std::string>{std::string{}} : refused("read", path);
  std::string out;
  char part[65536];
  while (true) {
    const auto count = ::read(file.number(), part, sizeof part);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return refused("read", path);
    if (count == 0) return out;
    out.append(part, static_cast<std::size_t>(count));
  }
}

void each_line(std::string_view text, const std::function<void(const Journal::Line&)>& take) {
  while (!text.empty()) {
    const auto end = text.find('\n');
    const bool is_whole = end != std::string_view::npos;
    const auto line = text.substr(0, end);
    if (!line.empty()) take({line, is_whole});
    text.remove_prefix(is_whole ? end + 1 : text.size());
  }
}

}  // namespace

Result<void> Journal::append(std::string_view line) const {
  const auto guard = open_lock(folder_);
  if (!guard.is_open() || lock(guard.number(), LOCK_EX) != 0) return refused("lock", path());
  if (const auto rotated = rotate(line.size() + 1); !rotated) return rotated.error();
  const Descriptor file{::open(path().c_str(), O_RDWR | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600)};
  if (!file.is_open()) return refused("open", path());
  struct stat found {};
  if (::fstat(file.number(), &found) != 0) return refused("open", path());
  std::string bytes = ends_in_half_a_line(file.number(), found.st_size) ? "\n" : "";
  bytes.append(line).push_back('\n');
  if (!write_all(file.number(), bytes) || ::fdatasync(file.number()) != 0) return refused("write", path());
  if (found.st_size == 0 && !settle_folder(folder_)) return refused("keep", path());
  return {};
}

std::vector<std::string> Journal::put_aside() const {
  std::vector<std::string> out;
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator{folder_, ignored}) {
    const auto name = entry.path().filename().string();
    const bool is_ours = name.starts_with(aside_begin) && name.ends_with(aside_end) &&
                         name.size() == aside_begin.size() + number_digits + aside_end.size();
    if (is_ours) out.push_back(entry.path().string());
  }
  std::ranges::sort(out);
  return out;
}

Result<void> Journal::rotate(std::size_t more) const {
  struct stat found {};
  if (::stat(path().c_str(), &found) != 0) return {};
  const auto size = static_cast<std::size_t>(found.st_size);
  if (size == 0 || size + more <= bounds_.file_bytes) return {};
  auto aside = put_aside();
  const auto last = aside.empty() ? std::string{} : std::filesystem::path{aside.back()}.filename().string();
  auto number = std::to_string(last.empty() ? 1 : std::stoull(last.substr(aside_begin.size(), number_digits)) + 1);
  number.insert(0, number_digits - std::min(number.size(), number_digits), '0');
  aside.push_back(text::concat({folder_, "/", aside_begin, number, aside_end}));
  if (std::rename(path().c_str(), aside.back().c_str()) != 0) return refused("put aside", path());
  std::error_code ignored;
  for (std::size_t i = 0; i + bounds_.files <= aside.size(); ++i) std::filesystem::remove(aside[i], ignored);
  return {};
}

Result<void> Journal::each(const std::function<void(const Line&)>& take) const {
  const auto guard = open_lock(folder_);
  if (!guard.is_open() || lock(guard.number(), LOCK_SH) != 0) return refused("lock", path());
  auto files = put_aside();
  files.push_back(path());
  for (const auto& file : files) {
    const auto text = contents(file);
    if (!text) return text.error();
    each_line(*text, take);
  }
  return {};
}

}  // namespace tomada::audit

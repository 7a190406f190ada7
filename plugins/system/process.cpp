#include "process.hpp"

#include <filesystem>
#include <sys/stat.h>
#include <unistd.h>

namespace tomada::system {
namespace {

// Since Linux 6.2 the size of the folder is the count; before, it is 0 and the entries are counted.
std::uint64_t count_open_files(const std::string& folder) {
  struct stat status {};
  if (stat(folder.c_str(), &status) == 0 && folder.starts_with("/proc/") && status.st_size > 0) {
    return static_cast<std::uint64_t>(status.st_size);
  }
  std::error_code error;
  std::uint64_t count = 0;
  for (auto entry = std::filesystem::directory_iterator{folder, error}; entry != std::filesystem::directory_iterator{};
       entry.increment(error)) {
    ++count;
  }
  return count;
}

}  // namespace

std::optional<Process> parse_process_stat(std::string_view text, std::uint64_t page_bytes) {
  const auto name_end = text.rfind(')');  // the name may hold spaces and brackets of its own
  if (name_end == std::string_view::npos) return std::nullopt;
  const auto words = words_of(text.substr(name_end + 1));  // words[0] is field 3 of proc(5)
  if (words.size() < 22) return std::nullopt;
  const auto field = [&](std::size_t position) { return number(words[position - 3]).value_or(0); };
  return Process{field(14) + field(15), field(20), field(24) * page_bytes, 0};
}

std::optional<Process> read_process(const Roots& roots) {
  const auto text = read_file(roots.proc + "/self/stat");
  if (!text) return std::nullopt;
  auto process = parse_process_stat(*text, static_cast<std::uint64_t>(sysconf(_SC_PAGESIZE)));
  if (process) process->open_files = count_open_files(roots.proc + "/self/fd");
  return process;
}

}  // namespace tomada::system

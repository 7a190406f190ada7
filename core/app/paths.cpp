#include "core/app/paths.hpp"

#include "core/base/text.hpp"

#include <cerrno>
#include <cstdlib>
#include <fcntl.h>
#include <filesystem>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>

namespace tomada::app {
namespace {

namespace fs = std::filesystem;

std::string variable(const char* name) {
  const char* value = std::getenv(name);
  return value ? value : "";
}

std::string beside_the_program(const char* folder) {
  const fs::path program = executable();
  return (program.parent_path().parent_path() / "lib" / "tomada" / folder).string();
}

Error unusable(const std::string& folder, std::string_view why) {
  return failure(ErrorCode::system, text::concat({"the state folder cannot be used: ", why}), folder,
                 "name a folder you may write to with --state DIR");
}

}  // namespace

std::string executable() {
  std::error_code error;
  const auto path = fs::read_symlink("/proc/self/exe", error);
  return error ? std::string{"tomada"} : path.string();
}

std::string default_state() {
  if (const auto base = variable("XDG_STATE_HOME"); !base.empty()) return base + "/tomada";
  if (const auto home = variable("HOME"); !home.empty() && ::geteuid() != 0) return home + "/.local/state/tomada";
  return "/var/lib/tomada";
}

std::string processes_in(const std::string& state) { return state + "/processes"; }

std::string default_plugins() { return beside_the_program("plugins"); }

std::string default_modules() { return beside_the_program("modules"); }

std::string absolute(const std::string& path) {
  std::error_code error;
  return path.empty() ? path : fs::absolute(path, error).lexically_normal().string();
}

Result<void> prepare_state(const std::string& folder) {
  std::error_code error;
  const fs::path path{folder};
  if (path.has_parent_path()) fs::create_directories(path.parent_path(), error);
  if (error) return unusable(folder, error.message());
  if (::mkdir(folder.c_str(), 0700) != 0 && errno != EEXIST)
    return unusable(folder, std::generic_category().message(errno));
  const std::string probe = folder + "/.probe-" + std::to_string(::getpid());
  const int file = ::open(probe.c_str(), O_CREAT | O_WRONLY | O_CLOEXEC, 0600);
  if (file < 0) return unusable(folder, std::generic_category().message(errno));
  ::close(file);
  ::unlink(probe.c_str());
  return {};
}

}  // namespace tomada::app

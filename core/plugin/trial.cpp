// A fork and not a fresh program: that would cost a whole start. The child of a process with threads may do little;
// glibc makes malloc and the dynamic loader usable in it, and it does nothing else: no descriptor of the server stays
// open, its output is the reason that is told, and it ends by _exit. Where no child can be made, the plugin is opened
// untried.
#include "core/plugin/trial.hpp"

#include "core/base/text.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <dlfcn.h>
#include <fcntl.h>
#include <poll.h>
#include <string_view>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

namespace tomada::plugin {
namespace {

constexpr int survived = 113;            // the child's exit status; one that no initialiser's exit() is likely to use
constexpr std::size_t last_words = 400;  // bytes of the child's output that are told

void close_from(unsigned first) { (void)::close_range(first, ~0u, 0); }

[[noreturn]] void open_in_child(const char* path, int output) noexcept {  // what passes dlopen ends here
  for (const int signal : {SIGABRT, SIGSEGV, SIGBUS, SIGFPE, SIGILL}) (void)std::signal(signal, SIG_DFL);
  (void)::prctl(PR_SET_PDEATHSIG, SIGKILL);
  const rlimit no_core_dump{0, 0};
  (void)::setrlimit(RLIMIT_CORE, &no_core_dump);
  const int nothing = ::open("/dev/null", O_RDWR);
  (void)::dup2(nothing, STDIN_FILENO);
  (void)::dup2(nothing, STDOUT_FILENO);
  (void)::dup2(output, STDERR_FILENO);
  close_from(STDERR_FILENO + 1);
  (void)::on_exit([](int status, void*) { ::_exit(status); }, nullptr);  // before what the server registered
  (void)::dlopen(path, RTLD_NOW | RTLD_LOCAL);
  ::_exit(survived);
}

struct Ending {
  int status = 0;
  bool was_late = false;
  std::string output;
};

// Reads until the child closes its output, which it does by ending, or until patience is at its end.
Ending await(pid_t child, int output, Milliseconds patience) {
  Ending out;
  const auto until = std::chrono::steady_clock::now() + patience;
  std::array<char, 512> buffer{};
  for (;;) {
    const auto left = std::chrono::ceil<Milliseconds>(until - std::chrono::steady_clock::now()).count();
    pollfd readable{output, POLLIN, 0};
    const int ready = left > 0 ? ::poll(&readable, 1, static_cast<int>(left)) : 0;
    if (ready < 0 && errno == EINTR) continue;
    if ((out.was_late = ready <= 0)) break;
    const auto size = ::read(output, buffer.data(), buffer.size());
    if (size < 0 && errno == EINTR) continue;
    if (size <= 0) break;
    if (out.output.size() < last_words) out.output.append(buffer.data(), static_cast<std::size_t>(size));
  }
  if (out.was_late) (void)::kill(child, SIGKILL);
  while (::waitpid(child, &out.status, 0) < 0 && errno == EINTR) continue;
  return out;
}

std::string describe(const Ending& ending) {
  if (ending.was_late) return "opening it does not come to an end";
  const bool was_killed = WIFSIGNALED(ending.status);
  std::string out =
      was_killed ? text::concat({"opening it ends in a crash (SIG", ::sigabbrev_np(WTERMSIG(ending.status)), ")"})
                 : text::concat({"opening it ends the program with code ", std::to_string(WEXITSTATUS(ending.status))});
  const auto words = text::trim(text::prefix(ending.output, last_words));
  if (words.empty()) return out;
  out += text::concat({": ", words});
  std::replace(out.begin(), out.end(), '\n', ' ');
  return out;
}

}  // namespace

Result<void> try_open(const std::string& path, Milliseconds patience) {
  int ends[2] = {-1, -1};
  if (::pipe2(ends, O_CLOEXEC) != 0) return {};
  const pid_t child = ::fork();
  if (child == 0) open_in_child(path.c_str(), ends[1]);
  ::close(ends[1]);
  if (child < 0) {
    ::close(ends[0]);
    return {};
  }
  const auto ending = await(child, ends[0], patience);
  ::close(ends[0]);
  const bool has_survived = WIFEXITED(ending.status) && WEXITSTATUS(ending.status) == survived;
  if (has_survived) return {};
  return failure(ErrorCode::tool, describe(ending), {},
                 "its static initialisers are at fault: do in load() what may fail");
}

}  // namespace tomada::plugin

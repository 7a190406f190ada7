// stdio_load: calls one tool of an MCP server on stdio again and again and checks every answer.
// Usage: stdio_load --tool NAME [--arguments JSON] [--depth N] [--seconds S] [--calls N] -- COMMAND ARGUMENTS…
// Depth 1 waits for each answer before the next call; more keeps that many calls under way. --calls ends after so many
// calls instead of after a time (to count instructions). One more call comes first, so that the start is not measured.
// Prints "calls seconds p50_us p99_us cpu_us_per_call".
// Exits with 1 when an answer is missing, wrong or an error.
#include <algorithm>
#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <fcntl.h>
#include <fstream>
#include <iterator>
#include <poll.h>
#include <sstream>
#include <stdexcept>
#include <string>
#include <string_view>
#include <sys/wait.h>
#include <unistd.h>
#include <utility>
#include <vector>

namespace {

using Clock = std::chrono::steady_clock;

struct Plan {
  std::string tool;
  std::string arguments = "{}";
  std::uint64_t depth = 1;
  double seconds = 5;
  std::uint64_t calls = 0;  // 0: as many as fit into the time
  std::vector<char*> command;
};

Plan read_plan(int count, char** words) {
  Plan plan;
  int at = 1;
  for (; at + 1 < count && std::string_view{words[at]} != "--"; at += 2) {
    const std::string_view name = words[at];
    const char* value = words[at + 1];
    if (name == "--tool")
      plan.tool = value;
    else if (name == "--arguments")
      plan.arguments = value;
    else if (name == "--depth")
      plan.depth = std::strtoull(value, nullptr, 10);
    else if (name == "--seconds")
      plan.seconds = std::strtod(value, nullptr);
    else if (name == "--calls")
      plan.calls = std::strtoull(value, nullptr, 10);
    else
      throw std::invalid_argument("unknown option " + std::string{name});
  }
  for (++at; at < count; ++at) plan.command.push_back(words[at]);
  if (plan.tool.empty() || plan.command.empty() || plan.depth == 0) {
    throw std::invalid_argument("usage: stdio_load --tool NAME [options] -- COMMAND ARGUMENTS…");
  }
  plan.command.push_back(nullptr);
  return plan;
}

// The server under test on two pipes; its own messages go where ours go.
class Child final {
 public:
  explicit Child(const Plan& plan) {
    int to[2];
    int from[2];
    if (::pipe2(to, O_CLOEXEC) != 0 || ::pipe2(from, O_CLOEXEC) != 0) throw std::runtime_error("cannot make a pipe");
    process_ = ::fork();
    if (process_ == 0) {
      ::dup2(to[0], 0);
      ::dup2(from[1], 1);
      ::execvp(plan.command[0], plan.command.data());
      ::_exit(127);
    }
    ::close(to[0]);
    ::close(from[1]);
    input_ = to[1];
    output_ = from[0];
  }
  ~Child() { end(); }
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  void write(std::string_view bytes) const {
    while (!bytes.empty()) {
      const auto written = ::write(input_, bytes.data(), bytes.size());
      if (written <= 0) throw std::runtime_error("the server no longer reads");
      bytes.remove_prefix(static_cast<std::size_t>(written));
    }
  }

  // One line without its end; the view lives until the next call.
  [[nodiscard]] std::string_view line() {
    for (;;) {
      const auto end = buffer_.find('\n', searched_);
      if (end != std::string::npos) {
        const std::string_view out{buffer_.data() + begin_, end - begin_};
        begin_ = searched_ = end + 1;
        return out;
      }
      buffer_.erase(0, begin_);
      searched_ = buffer_.size();
      begin_ = 0;
      fill();
    }
  }
  [[nodiscard]] bool has_line() const { return buffer_.find('\n', begin_) != std::string::npos; }

  // The CPU time that the server has used so far, in microseconds.
  [[nodiscard]] double cpu() const {
    std::ifstream file{"/proc/" + std::to_string(process_) + "/stat"};
    std::string text{std::istreambuf_iterator<char>{file}, {}};
    std::istringstream fields{text.substr(text.rfind(')') + 1)};
    std::string skipped;
    for (int i = 0; i < 11; ++i) fields >> skipped;  // from the state to what its children caused
    double user = 0;
    double system = 0;
    fields >> user >> system;
    return (user + system) * 1e6 / static_cast<double>(::sysconf(_SC_CLK_TCK));
  }

  // Closes the pipe and waits for the end.
  void end() {
    if (process_ <= 0) return;
    ::close(input_);
    while (::read(output_, scratch_, sizeof scratch_) > 0) continue;
    ::close(output_);
    int status = 0;
    ::waitpid(process_, &status, 0);
    process_ = 0;
    if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) std::fprintf(stderr, "the server ended with %d\n", status);
  }

 private:
  void fill() {
    pollfd ready{output_, POLLIN, 0};
    if (::poll(&ready, 1, 120'000) <= 0) throw std::runtime_error("the server says nothing");
    const auto got = ::read(output_, scratch_, sizeof scratch_);
    if (got <= 0) throw std::runtime_error("the server closed its output");
    buffer_.append(scratch_, static_cast<std::size_t>(got));
  }

  pid_t process_ = 0;
  int input_ = -1;
  int output_ = -1;
  std::string buffer_;
  std::size_t begin_ = 0;
  std::size_t searched_ = 0;
  char scratch_[256 * 1024];
};

std::string call(const Plan& plan, std::uint64_t id) {
  return R"({"jsonrpc":"2.0","id":)" + std::to_string(id) + R"(,"method":"tools/call","params":{"name":")" + plan.tool +
         R"(","arguments":)" + plan.arguments +
         R"(,"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28",)"
         R"("io.modelcontextprotocol/clientInfo":{"name":"bench","version":"1.0.0"},)"
         R"("io.modelcontextprotocol/clientCapabilities":{}}}})"
         "\n";
}

// The id of an answer that carries a result; anything else ends the run.
std::uint64_t answered_id(std::string_view line) {
  constexpr std::string_view key = R"("id":)";
  const bool is_failure = line.find(R"("error":{)") != std::string_view::npos ||
                          line.find(R"("isError":true)") != std::string_view::npos ||
                          line.find(R"("result":{)") == std::string_view::npos;
  if (is_failure) throw std::runtime_error("the server answered: " + std::string{line.substr(0, 500)});
  // The frame's own id comes first or last; what is between belongs to the tool.
  const auto first = line.find(key);
  const auto at = first < 24 ? first : line.rfind(key);
  if (at == std::string_view::npos) throw std::runtime_error("an answer without id");
  return std::strtoull(std::string{line.substr(at + key.size(), 20)}.c_str(), nullptr, 10);
}

class Load final {
 public:
  Load(const Plan& plan, Child& child) : plan_{plan}, child_{child}, sent_at_(plan.depth * 64) {}

  void run() {
    child_.write(call(plan_, 0));
    if (answered_id(child_.line()) != 0) throw std::runtime_error("the first answer has a wrong id");
    const double cpu = child_.cpu();
    const auto begin = Clock::now();
    const auto end = begin + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(plan_.seconds));
    while (!is_over(end) || done_ < sent_) {
      if (!is_over(end)) send();
      receive();
      while (child_.has_line()) receive();
    }
    seconds_ = std::chrono::duration<double>(Clock::now() - begin).count();
    cpu_ = child_.cpu() - cpu;
  }

  void report() {
    std::sort(microseconds_.begin(), microseconds_.end());
    const auto calls = static_cast<double>(std::max<std::uint64_t>(done_, 1));
    std::printf("%llu %.3f %.1f %.1f %.2f\n", static_cast<unsigned long long>(done_), seconds_, at(0.5), at(0.99),
                cpu_ / calls);
  }

 private:
  [[nodiscard]] bool is_over(Clock::time_point end) const {
    return plan_.calls > 0 ? sent_ >= plan_.calls : Clock::now() >= end;
  }
  void send() {
    std::string frames;
    for (; sent_ - done_ < plan_.depth && (plan_.calls == 0 || sent_ < plan_.calls); ++sent_) {
      frames += call(plan_, sent_);
      sent_at_[sent_ % sent_at_.size()] = Clock::now();
    }
    child_.write(frames);
  }
  void receive() {
    const auto id = answered_id(child_.line());
    if (id >= sent_) throw std::runtime_error("an answer to a call that was never made");
    const auto passed = Clock::now() - sent_at_[id % sent_at_.size()];
    microseconds_.push_back(std::chrono::duration<float, std::micro>(passed).count());
    ++done_;
  }
  [[nodiscard]] double at(double quantile) const {
    if (microseconds_.empty()) return 0;
    const auto index = static_cast<std::size_t>(quantile * static_cast<double>(microseconds_.size()));
    return microseconds_[std::min(index, microseconds_.size() - 1)];
  }

  const Plan& plan_;
  Child& child_;
  std::vector<Clock::time_point> sent_at_;  // by id, round and round: answers may come out of order
  std::vector<float> microseconds_;
  std::uint64_t sent_ = 0;
  std::uint64_t done_ = 0;
  double seconds_ = 0;
  double cpu_ = 0;
};

}  // namespace

int main(int count, char** words) try {
  std::signal(SIGPIPE, SIG_IGN);
  const Plan plan = read_plan(count, words);
  Child child{plan};
  Load load{plan, child};
  load.run();
  child.end();
  load.report();
  return 0;
} catch (const std::exception& problem) {
  std::fprintf(stderr, "stdio_load: %s\n", problem.what());
  return 1;
}

#pragma once
// Sink: the descriptor that log lines go to; one write per line, never a long wait for a reader.
#include <string>
#include <string_view>

namespace tomada::log {

class Sink final {
 public:
  static constexpr std::size_t atomic_size = 4096;  // PIPE_BUF: what a pipe takes whole

  explicit Sink(std::string file);  // empty: stderr
  ~Sink();
  Sink(const Sink&) = delete;
  Sink& operator=(const Sink&) = delete;

  [[nodiscard]] bool write(std::string_view line) noexcept;  // false: the line was dropped
  [[nodiscard]] bool is_fallback() const noexcept;           // the file could not be opened: lines go to stderr
  void reopen() noexcept;                                    // keeps what it has when the file cannot be opened

 private:
  void open() noexcept;
  void close() noexcept;
  [[nodiscard]] bool is_ready(int wait_ms) const noexcept;
  [[nodiscard]] long put(std::string_view line) const noexcept;

  const std::string file_;
  int descriptor_ = -1;
  bool is_file_ = false;      // what was asked for was opened
  bool is_owned_ = false;     // ours to close
  bool is_socket_ = false;    // Node.js and others give their children sockets as stderr
  bool is_stuck_ = false;     // the last line was dropped: the next one does not wait
  bool is_mid_line_ = false;  // the last write ended inside a line
};

}  // namespace tomada::log

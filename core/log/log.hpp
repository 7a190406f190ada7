#pragma once
// Log: one JSON object per line on stderr (or a file), with secrets replaced before a line is built.
#include "core/base/clock.hpp"
#include "core/metrics/metrics.hpp"

#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

namespace tomada::log {

enum class Level { debug, info, warning, error };
[[nodiscard]] std::string_view name(Level level) noexcept;
[[nodiscard]] bool parse(std::string_view text, Level& out) noexcept;  // "debug", "info", "warning", "error"

struct Field {
  std::string_view key;
  std::variant<std::string_view, std::int64_t, double, bool> value;
};

struct Options {
  Level level = Level::info;
  std::string file;  // empty: stderr
};

class Logger final {
 public:
  Logger(Options options, const Clock& clock, metrics::Registry& metrics);
  ~Logger();
  Logger(const Logger&) = delete;
  Logger& operator=(const Logger&) = delete;

  [[nodiscard]] bool is_on(Level level) const noexcept;
  void write(Level level, std::string_view message, std::initializer_list<Field> fields = {}) noexcept;
  // {"time":"…Z","level":"info","message":"…", fields…}. Never throws, never blocks on a slow reader for long.
  void debug(std::string_view message, std::initializer_list<Field> fields = {}) noexcept {
    write(Level::debug, message, fields);
  }
  void info(std::string_view message, std::initializer_list<Field> fields = {}) noexcept {
    write(Level::info, message, fields);
  }
  void warning(std::string_view message, std::initializer_list<Field> fields = {}) noexcept {
    write(Level::warning, message, fields);
  }
  void error(std::string_view message, std::initializer_list<Field> fields = {}) noexcept {
    write(Level::error, message, fields);
  }

  void set_level(Level level) noexcept;
  void hide(std::string_view secret);  // every later line shows *** in its place (also its JSON-escaped form)
  [[nodiscard]] bool shows_secret(std::string_view text) const;
  [[nodiscard]] std::string redact(std::string_view text) const;
  void reopen();  // SIGHUP: the file by its name again

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace tomada::log

#include "core/log/log.hpp"

#include "core/base/text.hpp"
#include "core/json/writer.hpp"
#include "core/log/redaction.hpp"
#include "core/log/sink.hpp"

#include <atomic>
#include <mutex>

// A line is built in a buffer of its thread and leaves in one write, so that the lines of several processes on one pipe
// never mix. Texts are redacted before they are shortened: half a secret is still a secret.
namespace tomada::log {
namespace {

constexpr std::size_t longest_message = 2048;
constexpr std::size_t longest_value = 1024;
constexpr std::size_t longest_line = Sink::atomic_size;

std::string_view shorten(std::string_view text, std::size_t at_most) noexcept { return text::prefix(text, at_most); }

void append_value(std::string& line, const Field& field, const Redaction& redaction) {
  if (const auto* text = std::get_if<std::string_view>(&field.value)) {
    const std::string clean = redaction.apply(*text);
    json::write_string(line, shorten(clean, longest_value));
  } else if (const auto* flag = std::get_if<bool>(&field.value)) {
    line.append(*flag ? "true" : "false");
  } else if (const auto* number = std::get_if<double>(&field.value)) {
    json::write(line, json::value(*number));
  } else {
    line.append(std::to_string(std::get<std::int64_t>(field.value)));
  }
}

// A field that no longer fits is left out and the line says so; control characters can make a text six times longer.
void append_fields(std::string& line, std::initializer_list<Field> fields, const Redaction& redaction) {
  constexpr std::string_view mark = ",\"truncated\":true";
  bool is_complete = true;
  for (const auto& field : fields) {
    const std::size_t before = line.size();
    line.push_back(',');
    json::write_string(line, field.key);
    line.push_back(':');
    append_value(line, field, redaction);
    if (line.size() + mark.size() + 2 <= longest_line) continue;
    line.resize(before);
    is_complete = false;
  }
  if (!is_complete) line.append(mark);
}

void append_message(std::string& line, std::string_view message) {
  const std::size_t before = line.size();
  for (std::size_t limit = longest_message;; limit /= 2) {
    json::write_string(line, shorten(message, limit));
    if (line.size() <= longest_line * 3 / 4) return;
    line.resize(before);
  }
}

}  // namespace

std::string_view name(Level level) noexcept {
  constexpr std::string_view names[] = {"debug", "info", "warning", "error"};
  return names[static_cast<std::size_t>(level)];
}

bool parse(std::string_view text, Level& out) noexcept {
  for (const Level level : {Level::debug, Level::info, Level::warning, Level::error}) {
    if (text != name(level)) continue;
    out = level;
    return true;
  }
  return false;
}

struct Logger::State {
  State(const Options& options, const Clock& system_clock, metrics::Registry& metrics)
      : level{options.level},
        clock{system_clock},
        dropped{metrics.counter("tomada_log_dropped_total", "Log lines that nobody read in time.")},
        sink{options.file} {}

  std::atomic<Level> level;
  const Clock& clock;
  metrics::Counter& dropped;
  Redaction redaction;
  std::mutex mutex;  // guards the one below
  Sink sink;
};

Logger::Logger(Options options, const Clock& clock, metrics::Registry& metrics)
    : state_{std::make_unique<State>(options, clock, metrics)} {
  if (state_->sink.is_fallback()) {
    warning("the log file cannot be opened; lines go to stderr until it can", {{"file", options.file}});
  }
}

Logger::~Logger() = default;

bool Logger::is_on(Level level) const noexcept { return level >= state_->level.load(std::memory_order_relaxed); }

void Logger::set_level(Level level) noexcept { state_->level = level; }

void Logger::write(Level level, std::string_view message, std::initializer_list<Field> fields) noexcept {
  if (!is_on(level)) return;
  try {
    static thread_local std::string line;
    line.clear();
    line.append("{\"time\":\"").append(rfc3339(state_->clock.wall_now())).append("\",\"level\":\"");
    line.append(log::name(level)).append("\",\"message\":");
    append_message(line, state_->redaction.apply(message));
    append_fields(line, fields, state_->redaction);
    line.append("}\n");
    const std::lock_guard lock{state_->mutex};
    if (!state_->sink.write(line)) state_->dropped.add();
  } catch (...) {
    state_->dropped.add();  // out of memory: a log line is the last thing to die for
  }
}

void Logger::hide(std::string_view secret) { state_->redaction.hide(secret); }

bool Logger::shows_secret(std::string_view text) const { return state_->redaction.finds(text); }

std::string Logger::redact(std::string_view text) const { return state_->redaction.apply(text); }

void Logger::reopen() {
  const std::lock_guard lock{state_->mutex};
  state_->sink.reopen();
}

}  // namespace tomada::log

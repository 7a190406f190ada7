#include "core/protocol/notices.hpp"

#include "core/json/writer.hpp"
#include "core/protocol/names.hpp"
#include "core/protocol/peer.hpp"
#include "core/protocol/splice.hpp"

#include <algorithm>
#include <array>
#include <cmath>

namespace tomada::protocol {
namespace {

constexpr std::array<std::string_view, 8> levels{"debug", "info",     "notice", "warning",
                                                 "error", "critical", "alert",  "emergency"};
constexpr int silent = Peer::silent;
constexpr int free_notices = 64;    // a short call may say every step
constexpr Milliseconds breath{50};  // after that, one notice per breath

// The house has four levels; MCP's eight hold them in order.
int wire_level(int house_level) noexcept {
  constexpr std::array<int, 4> map{0, 1, 3, 4};
  return map[static_cast<std::size_t>(std::clamp(house_level, 0, 3))];
}

int asked_level(const Request& request) noexcept {
  if (request.revision->era == Era::legacy) return request.peer ? request.peer->log_level() : silent;
  const auto* meta = request.message->meta();
  if (!meta) return silent;
  const auto* name = json::find_string(*meta, names::log_level);
  return name ? log_level(json::view(*name)).value_or(silent) : silent;
}

}  // namespace

std::optional<int> log_level(std::string_view name) noexcept {
  const auto found = std::find(levels.begin(), levels.end(), name);
  if (found == levels.end()) return std::nullopt;
  return static_cast<int>(found - levels.begin());
}

Notices::Notices(const Request& request, const Clock& clock, std::optional<double> told)
    : least_level_{asked_level(request)}, revision_{*request.revision}, clock_{clock}, last_{told} {
  if (const auto* meta = request.message->meta()) token_ = json::find(*meta, names::progress_token);
}

bool Notices::admit(const registry::Progress& progress) {
  if (!token_ || !std::isfinite(progress.done)) return false;
  const auto now = clock_.steady_now();
  const std::lock_guard lock{mutex_};
  if (last_ && progress.done <= *last_) return false;
  const bool is_last = progress.total && progress.done >= *progress.total;
  if (sent_ >= free_notices && !is_last && now - last_sent_ < breath) return false;
  last_ = progress.done;
  last_sent_ = now;
  ++sent_;
  return true;
}

std::optional<double> Notices::told() const {
  const std::lock_guard lock{mutex_};
  return last_;
}

std::optional<std::string> Notices::progress(const registry::Progress& progress) {
  if (!admit(progress)) return std::nullopt;
  std::string out = R"({"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":)";
  json::write(out, *token_);
  out.append(R"(,"progress":)");
  write_number(out, progress.done);
  if (progress.total && std::isfinite(*progress.total)) {
    out.append(R"(,"total":)");
    write_number(out, *progress.total);
  }
  if (revision_.has_annotations && !progress.message.empty()) write_member(out, "message", progress.message);
  out.append("}}");
  return out;
}

std::optional<std::string> Notices::log(int level, std::string_view tool, std::string_view message) const {
  const int wire = wire_level(level);
  if (wire < least_level_) return std::nullopt;
  std::string out = R"({"jsonrpc":"2.0","method":"notifications/message","params":{"level":")";
  out.append(levels[static_cast<std::size_t>(wire)]).push_back('"');
  write_member(out, "logger", tool);
  write_member(out, "data", message);
  out.append("}}");
  return out;
}

}  // namespace tomada::protocol

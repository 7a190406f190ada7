// The durable store: one connection under one mutex. When another process has moved a damaged file aside, or somebody
// removed it, the next operation opens the new one: nothing is ever acknowledged into a file that nobody will read
// again.
#include "core/storage/connection.hpp"
#include "core/storage/store.hpp"

#include <mutex>

namespace tomada::storage {
namespace {

constexpr int puts_between_sweeps = 500;
constexpr Milliseconds probe_holds{1'000};  // a health endpoint that is hammered must not hammer the disk

class SqliteStore final : public Store {
 public:
  SqliteStore(std::string path, std::unique_ptr<Connection> connection, const Clock& clock, Report report)
      : path_{std::move(path)}, clock_{clock}, report_{std::move(report)}, connection_{std::move(connection)} {}

  Result<std::optional<std::string>> get(std::string_view space, std::string_view key) const override {
    const std::lock_guard lock{mutex_};
    if (const auto open = ensure_current(); !open) return open.error();
    return connection_->get(space, key, unix_ms(clock_.wall_now()));
  }

  Result<void> put(std::string_view space, std::string_view key, std::string_view value,
                   Milliseconds time_to_live) override {
    const std::lock_guard lock{mutex_};
    return put_locked(space, key, value, time_to_live);
  }

  Result<bool> erase(std::string_view space, std::string_view key) override {
    const std::lock_guard lock{mutex_};
    if (const auto open = ensure_current(); !open) return open.error();
    return connection_->erase(space, key, unix_ms(clock_.wall_now()));
  }

  Result<void> scan(std::string_view space, std::string_view prefix,
                    const std::function<void(std::string_view, std::string_view)>& each) const override {
    const auto found = read_range(space, prefix);
    if (!found) return found.error();
    for (const auto& [key, value] : *found) each(key, value);
    return {};
  }

  Result<bool> replace(std::string_view space, std::string_view key, std::optional<std::string_view> expected,
                       std::string_view value, Milliseconds time_to_live) override {
    const std::lock_guard lock{mutex_};
    if (const auto open = ensure_current(); !open) return open.error();
    const std::int64_t now = unix_ms(clock_.wall_now());
    return connection_->replace(Change{space, key, value, expiry(now, time_to_live)}, expected, now);
  }

  Result<std::uint64_t> version(std::string_view space) const override {
    const std::lock_guard lock{mutex_};
    if (const auto open = ensure_current(); !open) return open.error();
    return connection_->version(space);
  }

  Result<void> probe() const override {
    const std::lock_guard lock{mutex_};
    const SteadyTime now = clock_.steady_now();
    if (proven_at_ && now - *proven_at_ < probe_holds) return {};
    const std::string value = std::to_string(unix_ms(clock_.wall_now()));
    auto written = put_locked(".probe", "last", value, Milliseconds{0});
    if (written) proven_at_ = now;
    return written;
  }

 private:
  [[nodiscard]] Result<std::vector<std::pair<std::string, std::string>>> read_range(std::string_view space,
                                                                                    std::string_view prefix) const {
    const std::lock_guard lock{mutex_};
    if (const auto open = ensure_current(); !open) return open.error();
    return connection_->scan(space, prefix, unix_ms(clock_.wall_now()));
  }

  [[nodiscard]] Result<void> put_locked(std::string_view space, std::string_view key, std::string_view value,
                                        Milliseconds time_to_live) const {
    if (const auto open = ensure_current(); !open) return open.error();
    const std::int64_t now = unix_ms(clock_.wall_now());
    if (++puts_ % puts_between_sweeps == 0) {
      if (const auto swept = connection_->forget_expired(now); !swept) return swept.error();
    }
    return connection_->put(Change{space, key, value, expiry(now, time_to_live)});
  }

  [[nodiscard]] static std::int64_t expiry(std::int64_t now, Milliseconds time_to_live) noexcept {
    return time_to_live.count() > 0 ? now + time_to_live.count() : 0;
  }

  [[nodiscard]] Result<void> ensure_current() const {
    if (connection_ && connection_->is_current()) return {};
    connection_.reset();
    auto opened = Connection::open(path_, report_, unix_ms(clock_.wall_now()));
    if (!opened) return opened.error();
    connection_ = std::move(*opened);
    return {};
  }

  const std::string path_;
  const Clock& clock_;
  const Report report_;
  mutable std::mutex mutex_;  // guards the three below
  mutable std::unique_ptr<Connection> connection_;
  mutable std::optional<SteadyTime> proven_at_;
  mutable std::uint64_t puts_ = 0;
};

}  // namespace

Result<std::unique_ptr<Store>> open_sqlite(const std::string& path, const Clock& clock, Report report) {
  auto connection = Connection::open(path, report, unix_ms(clock.wall_now()));
  if (!connection) return connection.error();
  if (const auto swept = (*connection)->forget_expired(unix_ms(clock.wall_now())); !swept) return swept.error();
  return std::unique_ptr<Store>{new SqliteStore{path, std::move(*connection), clock, std::move(report)}};
}

}  // namespace tomada::storage

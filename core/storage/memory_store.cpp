// The store's twin without a disk, for tests and for a server that is told to keep no state. Same meanings, no
// durability.
#include "core/storage/store.hpp"

#include <map>
#include <mutex>
#include <vector>

namespace tomada::storage {
namespace {

class MemoryStore final : public Store {
 public:
  explicit MemoryStore(const Clock& clock) : clock_{clock} {}

  Result<std::optional<std::string>> get(std::string_view space, std::string_view key) const override {
    const std::lock_guard lock{mutex_};
    return find(space, key);
  }

  Result<void> put(std::string_view space, std::string_view key, std::string_view value,
                   Milliseconds time_to_live) override {
    const std::lock_guard lock{mutex_};
    write(space, key, value, time_to_live);
    return {};
  }

  Result<bool> erase(std::string_view space, std::string_view key) override {
    const std::lock_guard lock{mutex_};
    const bool was_there = find(space, key).has_value();
    records_.erase({std::string{space}, std::string{key}});
    if (was_there) ++versions_[std::string{space}];
    return was_there;
  }

  Result<void> scan(std::string_view space, std::string_view prefix,
                    const std::function<void(std::string_view, std::string_view)>& each) const override {
    for (const auto& [key, value] : range(space, prefix)) each(key, value);
    return {};
  }

  Result<bool> replace(std::string_view space, std::string_view key, std::optional<std::string_view> expected,
                       std::string_view value, Milliseconds time_to_live) override {
    const std::lock_guard lock{mutex_};
    const auto present = find(space, key);
    if (expected ? present != *expected : present.has_value()) return false;
    write(space, key, value, time_to_live);
    return true;
  }

  Result<std::uint64_t> version(std::string_view space) const override {
    const std::lock_guard lock{mutex_};
    const auto found = versions_.find(space);
    return found == versions_.end() ? 0 : found->second;
  }

  Result<void> probe() const override { return {}; }

 private:
  struct Record {
    std::string value;
    std::optional<WallTime> expires_at;
  };
  using Key = std::pair<std::string, std::string>;

  [[nodiscard]] bool is_alive(const Record& record) const {
    return !record.expires_at || *record.expires_at > clock_.wall_now();
  }

  [[nodiscard]] std::optional<std::string> find(std::string_view space, std::string_view key) const {
    const auto found = records_.find(Key{space, key});
    if (found == records_.end() || !is_alive(found->second)) return std::nullopt;
    return found->second.value;
  }

  void write(std::string_view space, std::string_view key, std::string_view value, Milliseconds time_to_live) {
    Record record{std::string{value}, std::nullopt};
    if (time_to_live.count() > 0) record.expires_at = clock_.wall_now() + time_to_live;
    records_.insert_or_assign(Key{space, key}, std::move(record));
    ++versions_[std::string{space}];
  }

  [[nodiscard]] std::vector<Key> range(std::string_view space, std::string_view prefix) const {
    const std::lock_guard lock{mutex_};
    std::vector<Key> out;
    for (auto at = records_.lower_bound(Key{space, prefix}); at != records_.end(); ++at) {
      const auto& [name, record] = *at;
      if (name.first != space || !name.second.starts_with(prefix)) break;
      if (is_alive(record)) out.emplace_back(name.second, record.value);
    }
    return out;
  }

  const Clock& clock_;
  mutable std::mutex mutex_;  // guards the two below
  std::map<Key, Record> records_;
  std::map<std::string, std::uint64_t, std::less<>> versions_;
};

}  // namespace

std::unique_ptr<Store> make_memory_store(const Clock& clock) { return std::make_unique<MemoryStore>(clock); }

}  // namespace tomada::storage

#pragma once
// Keyring: the good keys in memory: those of the state folder, as fresh as the last look, and those of the
// configuration.
#include "core/auth/keys.hpp"
#include "core/base/snapshot.hpp"

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tomada::auth {

struct ConfiguredKey {
  std::string credential;  // any text; one that has the shape and the id of a key in the state folder is that key
  Principal principal;
};

struct Holder {
  std::shared_ptr<const Principal> principal;
  std::optional<WallTime> expires{};
};

class Keyring final {
 public:
  Keyring(Keys& keys, const Clock& clock) : keys_{keys}, clock_{clock} {
    ring_.publish(std::make_shared<const Ring>());
  }

  void configure(std::vector<ConfiguredKey> keys);  // [any thread] in place of those before
  void accept(ConfiguredKey first);                 // besides those, for good; where they name it too, they decide
  [[nodiscard]] Result<void> refresh();
  // [any thread] Looks whether the state folder's keys have changed and takes the new ones. Errors: system; what was
  // known stays.
  [[nodiscard]] std::optional<Holder> find(std::string_view credential) const;  // [any thread] and notes its use
  [[nodiscard]] std::size_t size() const;                                       // how many keys are good now
  [[nodiscard]] bool has_none() const;                                          // neither good nor bad ones
  [[nodiscard]] std::uint64_t edition() const noexcept { return edition_.load(); }
  // Another one after every change: what find() said before may not hold any more.
  [[nodiscard]] Result<void> write_uses();  // [any thread] a key's last use, at most once a minute

 private:
  struct Use {
    std::atomic<std::int64_t> last{0};  // Unix milliseconds; 0: not since the start
    std::int64_t written = 0;           // guarded by mutex_
  };
  struct Entry {
    Key key;
    std::shared_ptr<const Principal> principal;
    std::shared_ptr<Use> use;
  };
  struct Ring {
    std::map<std::string, Entry, std::less<>> kept;                 // by id
    std::map<Digest, std::shared_ptr<const Principal>> configured;  // by the digest of the whole text
  };

  void publish(std::shared_ptr<const Ring> next);

  Keys& keys_;
  const Clock& clock_;
  Snapshot<Ring> ring_;
  std::atomic<std::uint64_t> edition_{1};
  std::mutex mutex_;  // guards the three below, and who publishes
  std::optional<ConfiguredKey> first_;
  std::optional<std::uint64_t> version_;
  std::map<std::string, std::shared_ptr<Use>> uses_;
};

}  // namespace tomada::auth

#pragma once
// Keys: the API keys of a state folder. A secret is shown once, when its key is made, and only its digest is kept.
#include "core/auth/credential.hpp"
#include "core/base/clock.hpp"
#include "core/base/principal.hpp"
#include "core/base/result.hpp"
#include "core/storage/store.hpp"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tomada::auth {

struct Key {
  std::string id;       // 8 hex digits, public: stands in the key itself, in lists and in logs
  std::string name;     // for people
  Principal principal;  // who its holder is
  Digest secret{};
  WallTime created{};
  std::optional<WallTime> expires{};
  std::optional<WallTime> revoked{};

  [[nodiscard]] bool is_good(WallTime now) const noexcept { return !revoked && (!expires || now < *expires); }
};

struct Issued {
  Key key;
  std::string credential;  // what its holder sends: cannot be had again
};

class Keys final {
 public:
  Keys(storage::Store& store, const Clock& clock) : store_{store}, clock_{clock} {}

  // All [any thread]; every process of the state folder sees the same keys. Errors: system (the store).
  [[nodiscard]] Result<Issued> add(std::string name, Principal principal, std::optional<Milliseconds> lifetime);
  [[nodiscard]] Result<std::vector<Key>> list() const;    // oldest first, also expired and revoked ones
  [[nodiscard]] Result<Key> revoke(std::string_view id);  // for ever. Errors: not_found
  [[nodiscard]] Result<Issued> rotate(std::string_view id, Milliseconds overlap);
  // A new key of the same name, principal and lifetime; the old one ends after the overlap. Errors: not_found,
  // invalid_argument (the old one is not good any more).

  using Uses = std::map<std::string, WallTime, std::less<>>;  // by id
  [[nodiscard]] Result<Uses> last_uses() const;
  [[nodiscard]] Result<void> note_use(std::string_view id, WallTime when);

  [[nodiscard]] Result<std::uint64_t> version() const;  // grows with every change of a key, not with its use

 private:
  [[nodiscard]] Result<Key> find(std::string_view id) const;
  [[nodiscard]] Result<Issued> issue(Key key);
  template <class Change>
  [[nodiscard]] Result<Key> change(std::string_view id, Change change);

  storage::Store& store_;
  const Clock& clock_;
};

}  // namespace tomada::auth

#pragma once
// Seal: text that a client carries for us and can neither read nor change, bound to who asked what, for a short time.
#include "core/base/cipher.hpp"
#include "core/base/clock.hpp"
#include "core/base/result.hpp"
#include "core/base/snapshot.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tomada::auth {

using SealKey = CipherKey;

[[nodiscard]] Result<SealKey> seal_key_in(const std::string& path);
// Reads the key in this file, or makes a new one (0600): a restart and other processes of the state folder go on with
// the same one. Errors: system (unreadable, unwritable), configuration (it is no key).

[[nodiscard]] SealKey seal_key_of(
    std::string_view text);  // the same for the same text, wherever; at least 32 characters

class Seal final {
 public:
  Seal(const SealKey& key, const Clock& clock, Milliseconds time_to_live);

  void use(std::vector<SealKey> keys);  // from now on; not empty: the first one seals, all of them open. [any thread]

  [[nodiscard]] std::string close(std::string_view text, std::string_view binding) const;  // URL-safe, no padding
  [[nodiscard]] std::optional<std::string> open(std::string_view sealed, std::string_view binding) const;
  // None: not ours, changed, for another binding, or too old. Why is nobody's business.

 private:
  Snapshot<std::vector<SealKey>> keys_;
  const Clock& clock_;
  const Milliseconds time_to_live_;
};

}  // namespace tomada::auth

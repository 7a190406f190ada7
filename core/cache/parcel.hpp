#pragma once
// Parcel: a kept result as the second level's store holds it: under a name that tells nothing, enciphered.
#include "core/base/cipher.hpp"
#include "core/base/clock.hpp"
#include "core/cache/result_cache.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tomada::cache {

struct Mark {  // what was true when the flight began
  std::string generation;
  std::vector<std::int64_t> epochs;  // in the order of epochs_under(matter)

  friend bool operator==(const Mark&, const Mark&) = default;
};

[[nodiscard]] CipherKey parcel_key(std::string_view circumstances);
// Slow on purpose: what is guessable in the circumstances shall not be guessed from names and texts in the store.
[[nodiscard]] std::string place_of(const CipherKey& key, std::string_view question);  // 64 digits

[[nodiscard]] std::string seal_parcel(const CipherKey& key, std::string_view place, const Entry& entry,
                                      const Mark& mark, const Clock& clock);
struct Opened {
  std::shared_ptr<const Entry> entry;
  Mark mark;
};
[[nodiscard]] std::optional<Opened> open_parcel(const CipherKey& key, std::string_view place, std::string_view text,
                                                const Clock& clock);
// None: another format, of other circumstances, for another question, damaged, or from the future.

}  // namespace tomada::cache

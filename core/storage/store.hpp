#pragma once
// Store: small durable records by space and key, shared by all processes of a state folder.
#include "core/base/clock.hpp"
#include "core/base/error.hpp"
#include "core/base/result.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace tomada::storage {

class Store {
 public:
  virtual ~Store() = default;

  // All [any thread]. A put that returned success survives kill -9 and power loss.
  [[nodiscard]] virtual Result<std::optional<std::string>> get(std::string_view space, std::string_view key) const = 0;
  [[nodiscard]] virtual Result<void> put(std::string_view space, std::string_view key, std::string_view value,
                                         Milliseconds time_to_live = Milliseconds{0}) = 0;     // 0: for ever
  [[nodiscard]] virtual Result<bool> erase(std::string_view space, std::string_view key) = 0;  // false: was not there
  [[nodiscard]] virtual Result<void> scan(
      std::string_view space, std::string_view prefix,
      const std::function<void(std::string_view key, std::string_view value)>& each) const = 0;
  [[nodiscard]] virtual Result<bool> replace(std::string_view space, std::string_view key,
                                             std::optional<std::string_view> expected, std::string_view value,
                                             Milliseconds time_to_live = Milliseconds{0}) = 0;  // 0: for ever
  // Compare and swap: puts value when the present one equals expected (nullopt: absent). false: it does not.
  [[nodiscard]] virtual Result<std::uint64_t> version(std::string_view space) const = 0;
  // Grows with each change of the space by any process; cheap to poll.
  [[nodiscard]] virtual Result<void> probe() const = 0;  // can it be written to now?
};

using Report = std::function<void(const Error&)>;

[[nodiscard]] Result<std::unique_ptr<Store>> open_sqlite(const std::string& path, const Clock& clock,
                                                         Report report = {});
// WAL, synchronous = FULL, file mode 0600. A corrupt file is moved to PATH.corrupt-<time>, told to `report`, and a new
// one begins; the same when the file vanishes in use. Errors: system, with the path and the next step.
[[nodiscard]] std::unique_ptr<Store> make_memory_store(const Clock& clock);

}  // namespace tomada::storage

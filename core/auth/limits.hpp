#pragma once
// Limits: how many calls a minute a principal, a tool and an address may make.
#include "core/auth/buckets.hpp"
#include "core/base/clock.hpp"
#include "core/base/principal.hpp"
#include "core/base/snapshot.hpp"

#include <atomic>
#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace tomada::auth {

struct Rates {  // calls a minute; 0: no limit
  std::size_t principal = 0;
  std::size_t address = 0;
  std::map<std::string, std::size_t> tools{};  // by pattern, '*' matches any run; of several the smallest; each tool
                                               // has its own, which all callers share
  friend bool operator==(const Rates&, const Rates&) = default;
};

struct Excess {
  enum class Whose { principal, tool, address };
  Whose whose = Whose::principal;
  std::size_t per_minute = 0;
  Milliseconds wait{0};  // until one more call is possible
};

class Limits final {
 public:
  explicit Limits(const Clock& clock) : clock_{clock}, current_{std::make_shared<const Current>()} {}

  void replace(const Rates& rates);  // [any thread]; the same rates go on counting, others begin anew
  [[nodiscard]] std::optional<Excess> take(const Principal& principal, std::string_view tool, std::string_view address);
  // [any thread] Counts one call; none: it may go on. What is refused counts nowhere. Address: empty: it has none.
  [[nodiscard]] std::optional<Milliseconds> flood(std::string_view address) const;
  // [any thread] Has this address no call left? Counts nothing.

 private:
  struct Current {
    Rates rates{};
    std::unique_ptr<Buckets> principals{}, addresses{};                    // null: no limit
    std::map<std::string, std::unique_ptr<Buckets>, std::less<>> tools{};  // by pattern
    [[nodiscard]] Buckets* of_tool(std::string_view tool) const;
  };

  const Clock& clock_;
  std::atomic<bool> is_on_{false};
  Snapshot<Current> current_;
};

}  // namespace tomada::auth

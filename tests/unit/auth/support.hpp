#pragma once
// Keys over a store in memory, with time that the test moves.
#include "core/auth/keyring.hpp"
#include "tests/support/manual_clock.hpp"

#include <catch2/catch.hpp>

#include <memory>
#include <string>
#include <vector>

namespace tomada::auth::test {

struct Fixture {
  tomada::test::ManualClock clock;
  std::unique_ptr<storage::Store> store = storage::make_memory_store(clock);
  Keys keys{*store, clock};
  Keyring keyring{keys, clock};

  Issued add(std::string name = "reports", std::optional<Milliseconds> lifetime = {}) {
    auto issued = keys.add(std::move(name), Principal{"ana", "acme", {"sales", "finance", "sales"}}, lifetime);
    REQUIRE(issued.has_value());
    refresh();
    return std::move(*issued);
  }
  void refresh() { REQUIRE(keyring.refresh().has_value()); }
  [[nodiscard]] bool opens(const std::string& credential) const { return keyring.find(credential).has_value(); }
};

inline constexpr Milliseconds hour{3'600'000};

}  // namespace tomada::auth::test

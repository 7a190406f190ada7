#include "core/services/services.hpp"

#include <catch2/catch.hpp>

using namespace tomada;

TEST_CASE("a plugin's own health report becomes a condition of the health model") {
  const auto degraded = services::condition(
      {{"status", "degraded"}, {"reason", "the mirror is old"}, {"next_step", "wait"}, {"details", {{"age_s", 90}}}});
  CHECK(degraded.status == health::Status::degraded);
  CHECK(degraded.reason == "the mirror is old");
  CHECK(degraded.next_step == "wait");
  CHECK(degraded.details.at("age_s") == 90);
  CHECK(services::condition({{"status", "healthy"}}).status == health::Status::healthy);
  CHECK(services::condition({{"status", "unhealthy"}}).status == health::Status::unhealthy);
  CHECK(services::condition({{"status", "splendid"}}).status == health::Status::degraded);
  CHECK_FALSE(services::condition({}).reason.empty());
  CHECK(services::condition({{"status", "degraded"}, {"reason", "two\nlines"}}).reason == "two\\nlines");
}

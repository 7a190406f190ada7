// [cache]: what is kept here, and what is shared through Redis.
#include "tests/unit/config/support.hpp"

using namespace tomada::config;
using namespace tomada::config::test;
using Catch::Contains;

TEST_CASE("Without redis nothing is shared") {
  CHECK(parsed("[cache]\nmax_bytes = \"1MB\"\n").redis == Redis{});
  CHECK(Redis{}.url.empty());
}

TEST_CASE("A Redis is named by its address; who asks it is said beside") {
  const auto found =
      parsed("[cache]\nredis = \"redis://[::1]:6380/3\"\nredis_user = \"tomada\"\nredis_password = \"secret\"\n");
  CHECK(found.redis.url == "redis://[::1]:6380/3");
  CHECK(found.redis.user == "tomada");
  CHECK(found.redis.password == "secret");
  CHECK(found.redis.prefix == "tomada:");
}

TEST_CASE("What cannot work with Redis is told with its line, and no password is") {
  CHECK_THAT(refused("[cache]\nredis = \"rediss://host:6379\"\n"),
             Contains("tomada.toml:2") && Contains("speaks no TLS") && Contains("stunnel"));
  CHECK_THAT(refused("[cache]\nredis = \"redis://:canary@host/0\"\n"),
             Contains("tomada.toml:2") && !Contains("canary"));
  CHECK_THAT(refused("[cache]\nredis = \"redis://host:99999\"\n"), Contains("such as"));
  CHECK_THAT(refused("[cache]\nredis_password = \"canary\"\n"), Contains("redis is missing") && !Contains("canary"));
  CHECK_THAT(refused("[cache]\nredis = \"redis://host\"\nredis_user = \"tomada\"\n"),
             Contains("a user needs its password"));
}

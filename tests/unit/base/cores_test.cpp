#include "core/base/cores.hpp"

#include <catch2/catch.hpp>

#include <sched.h>
#include <thread>

using namespace tomada;

TEST_CASE("a quota is rounded up to whole cores, no quota is none") {
  CHECK(quota_cores("150000 100000") == 2u);
  CHECK(quota_cores("100000 100000") == 1u);
  CHECK(quota_cores("1000 100000") == 1u);
  for (const auto* none : {"max 100000", "", "150000", "0 100000", "150000 0", "a b", "150000  100000", "-1 5"}) {
    CAPTURE(none);
    CHECK_FALSE(quota_cores(none));
  }
}

TEST_CASE("a process pinned to one core counts one") {
  CHECK(usable_cores() >= 1);
  unsigned pinned = 0;
  std::thread{[&] {  // the mask belongs to the thread
    cpu_set_t all;
    REQUIRE(::sched_getaffinity(0, sizeof all, &all) == 0);
    int first = 0;
    while (!CPU_ISSET(first, &all)) ++first;
    cpu_set_t one;
    CPU_ZERO(&one);
    CPU_SET(first, &one);
    REQUIRE(::sched_setaffinity(0, sizeof one, &one) == 0);
    pinned = usable_cores();
  }}
      .join();
  CHECK(pinned == 1);
}

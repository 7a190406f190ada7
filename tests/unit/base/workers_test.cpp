#include "core/base/workers.hpp"

#include <catch2/catch.hpp>

#include <atomic>
#include <future>
#include <stdexcept>

using tomada::Workers;

TEST_CASE("submitted work is done, also what is still queued when the pool closes") {
  std::atomic<int> done{0};
  {
    Workers workers{2, 100};
    for (int i = 0; i < 50; ++i) REQUIRE(workers.submit([&done] { ++done; }));
  }
  CHECK(done == 50);
}

TEST_CASE("a full queue refuses work and takes it again once there is room") {
  Workers workers{1, 2};
  std::promise<void> started, gate;
  REQUIRE(workers.submit([&] {
    started.set_value();
    gate.get_future().wait();
  }));
  started.get_future().wait();
  CHECK(workers.submit([] {}));
  CHECK(workers.submit([] {}));
  CHECK(workers.queued() == 2);
  CHECK_FALSE(workers.submit([] {}));
  gate.set_value();
  workers.close();
  CHECK(workers.queued() == 0);
}

TEST_CASE("a pool says when its work does not end in time") {
  Workers workers{1, 2};
  std::promise<void> gate;
  REQUIRE(workers.submit([&] { gate.get_future().wait(); }));
  CHECK_FALSE(workers.close(tomada::Milliseconds{1}));
  gate.set_value();
  CHECK(workers.close(tomada::Milliseconds{60'000}));
}

TEST_CASE("a closed pool refuses work") {
  Workers workers{1, 10};
  workers.close();
  CHECK_FALSE(workers.submit([] {}));
  workers.close();
}

TEST_CASE("work runs on several threads at once") {
  Workers workers{2, 10};
  std::promise<void> first, second;
  REQUIRE(workers.submit([&] {
    first.set_value();
    second.get_future().wait();
  }));
  REQUIRE(workers.submit([&] {
    first.get_future().wait();
    second.set_value();
  }));
  workers.close();
  CHECK(workers.queued() == 0);
}

TEST_CASE("work may submit more work") {
  std::promise<int> answer;
  Workers workers{1, 10};
  REQUIRE(workers.submit([&] { static_cast<void>(workers.submit([&] { answer.set_value(7); })); }));
  CHECK(answer.get_future().get() == 7);
}

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

TEST_CASE("work that goes on leave keeps nobody waiting") {
  Workers workers{2, 100};
  std::mutex mutex;
  std::condition_variable changed;
  bool may_end = false;
  std::atomic<int> went{0}, long_ones{0}, short_ones{0};
  const auto take_long = [&] {
    went += workers.go_on_leave();
    ++long_ones;
    std::unique_lock lock{mutex};
    changed.wait(lock, [&] { return may_end; });
    workers.come_back();
  };
  for (int i = 0; i < 10; ++i) REQUIRE(workers.submit(take_long));
  while (long_ones < 10) std::this_thread::yield();  // all ten at once, on two places
  for (int i = 0; i < 50; ++i) REQUIRE(workers.submit([&] { ++short_ones; }));
  while (short_ones < 50) std::this_thread::yield();
  {
    const std::lock_guard lock{mutex};
    may_end = true;
  }
  changed.notify_all();
  workers.close();
  CHECK(went == 10);
  CHECK(workers.threads() == 2);
}

TEST_CASE("so many may be on leave, the others keep their place") {
  Workers workers{1, 100};
  std::atomic<int> left{0}, stayed{0};
  std::atomic<bool> may_end{false}, is_done{false};
  REQUIRE(workers.submit([&] {
    for (std::size_t i = 0; i < Workers::most_on_leave + 5; ++i) ++(workers.go_on_leave() ? left : stayed);
    for (int i = 0; i < left; ++i) workers.come_back();
    is_done = true;
  }));
  while (!is_done) std::this_thread::yield();
  CHECK(left == static_cast<int>(Workers::most_on_leave));
  CHECK(stayed == 5);
}

#include "core/base/snapshot.hpp"

#include <catch2/catch.hpp>

#include <atomic>
#include <thread>
#include <vector>

using tomada::Snapshot;

TEST_CASE("readers keep what they read, later readers see what was published") {
  Snapshot<int> snapshot{std::make_shared<const int>(1)};
  const auto old = snapshot.read();
  snapshot.publish(std::make_shared<const int>(2));
  CHECK(*old == 1);
  CHECK(*snapshot.read() == 2);
}

TEST_CASE("an empty snapshot reads as null") {
  const Snapshot<int> snapshot;
  CHECK(snapshot.read() == nullptr);
}

TEST_CASE("the previous value dies with its last reader, outside the lock") {
  struct Reads {
    Snapshot<Reads>* snapshot;
    bool* died;
    ~Reads() { static_cast<void>(snapshot->read()), *died = true; }  // would deadlock inside the lock
  };
  Snapshot<Reads> snapshot;
  bool died = false, unused = false;
  snapshot.publish(std::shared_ptr<const Reads>(new Reads{&snapshot, &died}));
  CHECK_FALSE(died);
  snapshot.publish(std::shared_ptr<const Reads>(new Reads{&snapshot, &unused}));
  CHECK(died);
  snapshot.publish(nullptr);
}

TEST_CASE("threads read whole values while others publish") {
  struct Pair {
    int first, second;
  };
  Snapshot<Pair> snapshot{std::make_shared<const Pair>(Pair{0, 0})};
  std::atomic<bool> is_torn{false};
  std::vector<std::thread> threads;
  for (int i = 0; i < 3; ++i) {
    threads.emplace_back([&] {
      for (int k = 0; k < 5000; ++k) {
        const auto pair = snapshot.read();
        if (pair->first != pair->second) is_torn = true;
      }
    });
  }
  for (int k = 1; k <= 2000; ++k) snapshot.publish(std::make_shared<const Pair>(Pair{k, k}));
  for (auto& thread : threads) thread.join();
  CHECK_FALSE(is_torn);
  CHECK(snapshot.read()->first == 2000);
}

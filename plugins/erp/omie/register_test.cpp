#include "omie/register.hpp"

#include "omie/bench.hpp"

#include <catch2/catch.hpp>

#include <atomic>
#include <future>
#include <thread>

using namespace tomada::erp;
using namespace tomada::erp::omie::test;
using tomada::erp::omie::Register;

namespace {

Register<int>::Copy list_of(int item) {
  Register<int>::Copy out;
  out.items = std::make_shared<const std::vector<int>>(1, item);
  out.provenance.refresh_in_ms = 30'000;
  out.provenance.was_asked = true;
  return out;
}

}  // namespace

TEST_CASE("register: those who look at a copy share its items, each with its own age", "[erp]") {
  FakeHost host;
  Register<int> list;
  const auto first = list.get(asked(), host.host(), [] { return list_of(1); });
  host.unix_ms += 1'000;
  const auto second = list.get(asked(), host.host(), [] { return list_of(2); });
  CHECK(second.items == first.items);
  CHECK(second.provenance.age_ms == 1'000);
  CHECK(second.provenance.refresh_in_ms == 29'000);
  CHECK_FALSE(second.provenance.was_asked);
}

TEST_CASE("register: one reads, the others that want the same wait for it", "[erp]") {
  FakeHost host;
  Register<int> list;
  std::promise<void> may_end;
  std::atomic<int> readings{0};
  const auto read = [&] {
    ++readings;
    may_end.get_future().wait();
    return list_of(7);
  };
  std::vector<std::future<int>> all;
  all.reserve(8);
  for (int i = 0; i < 8; ++i)
    all.push_back(std::async(std::launch::async, [&] { return list.get(asked(), host.host(), read).items->front(); }));
  while (readings == 0) std::this_thread::yield();
  may_end.set_value();
  for (auto& one : all) CHECK(one.get() == 7);
  CHECK(readings == 1);
}

TEST_CASE("register: a failed reading is told, and the next one tries again", "[erp]") {
  FakeHost host;
  Register<int> list;
  const auto fail = []() -> Register<int>::Copy { throw tomada::sdk::ToolError{"omie is gone"}; };
  CHECK_THROWS_WITH(list.get(asked(), host.host(), fail), Catch::Contains("gone"));
  CHECK(list.get(asked(), host.host(), [] { return list_of(3); }).items->front() == 3);
}

TEST_CASE("register: what answers one question only is not kept", "[erp]") {
  FakeHost host;
  Register<int> list;
  (void)list.get(asked(), host.host(), [] {
    auto out = list_of(1);
    out.is_keepable = false;
    return out;
  });
  CHECK_FALSE(list.find(asked(), host.host()));
  CHECK(list.get(asked(), host.host(), [] { return list_of(2); }).items->front() == 2);
}

TEST_CASE("register: one that lasts until a refresh is possible is not kept longer", "[erp]") {
  FakeHost host;
  Register<int> list{Register<int>::until_refresh};
  (void)list.get(asked(), host.host(), [] { return list_of(1); });
  host.unix_ms += 29'999;
  CHECK(list.find(asked(), host.host()));
  host.unix_ms += 1;
  CHECK_FALSE(list.find(asked(), host.host()));
}

// How many sessions there are, and who makes room for whom.
#include "core/session/sessions.hpp"

#include "tests/support/fake_exchange.hpp"
#include "tests/support/manual_clock.hpp"

#include <catch2/catch.hpp>

#include <algorithm>

namespace {

using namespace tomada;
using test::FakeReply;

// Room for some sessions, one of them a millisecond older than the next.
struct Hall {
  explicit Hall(std::size_t most) : sessions{clock, alarm, {.most = most, .idle = Milliseconds{1000}}} {}
  std::shared_ptr<session::Session> begin(const std::string& subject) const {
    clock.advance(Milliseconds{1});
    return sessions.begin(Principal{subject, "acme", {}});
  }
  bool has(const std::shared_ptr<session::Session>& one) const {
    const auto all = sessions.all();
    return std::find(all.begin(), all.end(), one) != all.end();
  }
  mutable test::ManualClock clock;
  std::shared_ptr<Alarm> alarm = std::make_shared<Alarm>(clock, [] { return std::nullopt; });
  mutable session::MemorySessions sessions;
};

}  // namespace

TEST_CASE("sessions are bounded: who holds most makes room for who comes, idle ones first") {
  const Hall hall{3};
  const auto first = hall.begin("ana"), second = hall.begin("ana"), third = hall.begin("ana");
  first->touch(hall.clock.steady_now());  // used again
  const auto of_bob = hall.begin("bob");
  REQUIRE(of_bob);
  CHECK(hall.has(first));
  CHECK_FALSE(hall.has(second));
  CHECK(hall.begin("ana"));  // nobody holds more than she
  CHECK(hall.has(of_bob));
  CHECK_FALSE(hall.has(third));
  hall.clock.advance(Milliseconds{1000});
  (void)hall.sessions.expire();
  CHECK(hall.sessions.all().empty());
}

TEST_CASE(
    "a principal whose sessions are all in use makes room too, down to its share; those it has then are its own") {
  const Hall hall{3};
  std::vector<std::shared_ptr<FakeReply>> streams;
  const auto listen = [&](const auto& session) {
    streams.push_back(std::make_shared<FakeReply>());
    REQUIRE(session->open(streams.back()));
  };
  for (int i = 0; i < 3; ++i) listen(hall.begin("ana"));
  CHECK(hall.begin("ana") == nullptr);
  const auto of_bob = hall.begin("bob");
  REQUIRE(of_bob);
  listen(of_bob);
  CHECK(streams[0]->answers().size() == 1);  // the oldest has ended
  CHECK(streams[1]->answers().empty());
  CHECK(hall.begin("bob") == nullptr);
  const auto of_cleo = hall.begin("cleo");
  REQUIRE(of_cleo);
  listen(of_cleo);
  CHECK(hall.begin("dora") == nullptr);  // each has one, and needs it
}

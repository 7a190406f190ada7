// What is kept for clients that may come back: its bounds, and its order when everybody speaks at once.
#include "core/session/sessions.hpp"
#include "tests/unit/session/streaming_client.hpp"

#include <catch2/catch.hpp>

#include <thread>

namespace {

using namespace tomada;
using session::Streams;
using session::Transport;
using test::FakeHeaders;
using test::FakeReply;
using test::has_result;
using test::ProtocolBench;
using test::status_of;
using Client = test::StreamingClient;

}  // namespace

TEST_CASE("what is kept is bounded: the oldest stream is forgotten first, and its live connection hears the rest") {
  ProtocolBench bench{Transport::http};
  const Client client{bench, "2025-03-26"};
  const auto old = client.call();
  const auto big = R"({"text":")" + std::string(Streams::most_bytes - 2000, 'x') + "\"}";
  client.send(R"({"jsonrpc":"2.0","id":8,"method":"tools/call","params":{"name":"wait","_meta":{"progressToken":1}}})");
  const auto young = bench.waiting.at(1);
  young->progress({1, 2, {}});
  CHECK(client.get(old->events()[0])->notices().size() == 2);
  young->finish(test::result_of(big));
  CHECK(status_of(*client.get(old->events()[0])) == 400);
  bench.waiting.at(0)->progress({3.5, 4, {}});
  bench.waiting.at(0)->finish(test::result_of("{}"));
  CHECK(bench.metrics.value("tomada_session_kept_bytes").value() < Streams::most_bytes + 2000);
}

TEST_CASE("an answer that is too large to be kept still reaches who listens") {
  ProtocolBench bench{Transport::http};
  const Client client{bench, "2025-11-25"};
  const auto reply = client.call();
  const auto big = R"({"n":42,"text":")" + std::string(Streams::most_bytes, 'x') + "\"}";
  bench.waiting.at(0)->finish(test::result_of(big));
  CHECK(has_result(*reply));
  CHECK(status_of(*client.get(reply->events()[0])) == 400);
  CHECK(bench.metrics.value("tomada_session_kept_bytes").value() < 4096);
}

TEST_CASE("a session that ends gives its room back") {
  ProtocolBench bench{Transport::http};
  const auto empty = bench.metrics.value("tomada_session_kept_bytes").value();
  const Client client{bench, "2025-11-25"};
  (void)client.call();
  client.finish();
  bench.waiting.clear();
  CHECK(bench.metrics.value("tomada_session_kept_bytes").value() > empty + 500);
  const auto ended = std::make_shared<FakeReply>();
  bench.endpoint->end_session(FakeHeaders{{"Mcp-Session-Id", client.id}}, ended, bench.principal);
  CHECK(bench.metrics.value("tomada_session_kept_bytes").value() == empty);
}

TEST_CASE("all sessions together have a bound: who exceeds it forgets its own, and live streams go on") {
  const auto whole = std::make_shared<session::Room>(10'000);
  test::ManualClock clock;
  const auto alarm = std::make_shared<Alarm>(clock, [] { return std::nullopt; });
  Streams one{clock, alarm, whole}, two{clock, alarm, whole};
  const auto first = std::make_shared<FakeReply>(), second = std::make_shared<FakeReply>();
  const auto quiet = one.begin(first, {true, true}), loud = two.begin(second, {true, true});
  quiet->say("{}");
  for (int i = 0; i < 100; ++i) {
    loud->say(std::string(1000, 'x'));
    two.make_room();
  }
  CHECK(second->notices().size() == 100);
  CHECK(whole->used() < 10'000);
  CHECK(one.resume(first->events()[0], std::make_shared<FakeReply>()) == session::Resumption::resumed);
  CHECK(two.resume(second->events()[0], std::make_shared<FakeReply>()) == session::Resumption::unknown);
}

TEST_CASE("where all that is kept gets too much, those forget whose owner has most, and who speaks keeps its own") {
  test::ManualClock clock;
  const auto alarm = std::make_shared<Alarm>(clock, [] { return std::nullopt; });
  session::MemorySessions sessions{clock, alarm};
  const auto begin = [&](const char* subject) {
    auto out = sessions.begin(Principal{subject, "acme", {}});
    out->peer()->agree_on(*protocol::find_revision("2025-11-25"), nullptr);
    return out;
  };
  const auto say = [](session::Session& by, std::size_t bytes) {
    const auto connection = std::make_shared<FakeReply>();
    const auto reply = by.resumable(connection);
    reply->notify(std::string(bytes, 'x'));
    reply->answer({200, "{}"});
    return connection->events().at(0);
  };
  const auto of_bob = begin("bob");
  const auto first = say(*of_bob, 900'000);
  std::vector<std::shared_ptr<session::Session>> of_ana;
  std::vector<std::string> events;
  for (int i = 0; i < 200; ++i) {
    of_ana.push_back(begin("ana"));
    for (int n = 0; n < 4; ++n) events.push_back(say(*of_ana.back(), 100'000));
    sessions.relieve();
  }
  CHECK(of_bob->resume(first, std::make_shared<FakeReply>()) == session::Resumption::resumed);
  CHECK(of_ana.front()->resume(events.front(), std::make_shared<FakeReply>()) == session::Resumption::unknown);
  CHECK(of_ana.back()->resume(events.back(), std::make_shared<FakeReply>()) == session::Resumption::resumed);
  CHECK(sessions.kept_bytes() < Streams::most_bytes_of_all);
}

TEST_CASE("a token that every report would repeat may not be long") {
  ProtocolBench bench{Transport::http};
  const Client client{bench, "2025-11-25"};
  const auto call = [&](std::size_t size) {
    return client.send(text::concat(
        {R"({"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"echo","_meta":{"progressToken":")",
         std::string(size, 't'), R"("}}})"}));
  };
  CHECK_THAT(call(256)->answers().at(0).body, Catch::Contains("result"));
  CHECK_THAT(call(257)->answers().at(0).body, Catch::Contains("-32602"));
}

TEST_CASE("events leave in their order, each once, however many speak and however often the client comes back") {
  test::ManualClock clock;
  const auto alarm = std::make_shared<Alarm>(clock, [] { return std::nullopt; });
  Streams streams{clock, alarm, nullptr};
  std::vector<std::shared_ptr<FakeReply>> connections{std::make_shared<FakeReply>()};
  const auto stream = streams.begin(connections.back(), {true, true});
  stream->send();
  const std::string tag = connections.back()->events().at(0).substr(0, 10);
  constexpr int speakers = 4, lines = 500;
  std::vector<std::thread> threads;
  for (int i = 0; i < speakers; ++i) {
    threads.emplace_back([&stream] {
      for (int n = 0; n < lines; ++n) stream->say("{}");
    });
  }
  std::string heard = connections.back()->events().at(0);
  for (int i = 0; i < 50; ++i) {
    const auto events = connections.back()->events();
    if (!events.empty()) heard = events.back();
    connections.push_back(std::make_shared<FakeReply>());
    CHECK(streams.resume(heard, connections.back()) == session::Resumption::resumed);
  }
  for (auto& each : threads) each.join();
  stream->answer("{}");
  const auto last = std::make_shared<FakeReply>();
  CHECK(streams.resume(heard, last) == session::Resumption::resumed);
  const auto number = [&](const std::string& event) { return std::stoi(event.substr(tag.size() + 1)); };
  auto expected = number(heard);
  for (const auto& event : last->events()) CHECK(number(event) == ++expected);
  CHECK(expected == speakers * lines);
  CHECK(number(last->answers().at(0).event) == expected + 1);
  for (const auto& connection : connections) {
    const auto events = connection->events();
    for (std::size_t i = 1; i < events.size(); ++i) CHECK(number(events[i]) == number(events[i - 1]) + 1);
  }
}

// A client that loses its stream comes back for what it has not heard, and for nothing else.
#include "core/json/writer.hpp"
#include "core/session/sessions.hpp"
#include "tests/unit/session/streaming_client.hpp"

#include <catch2/catch.hpp>

namespace {

using namespace tomada;
using registry::Changed;
using session::Streams;
using session::Transport;
using test::FakeHeaders;
using test::FakeReply;
using test::has_result;
using test::ProtocolBench;
using test::status_of;
using test::wait_call;
using Client = test::StreamingClient;
using namespace std::string_literals;
using Strings = std::vector<std::string>;

const std::string tools_changed = R"({"jsonrpc":"2.0","method":"notifications/tools/list_changed"})";

std::string tag_of(const std::string& event) { return event.substr(0, event.find('-')); }

}  // namespace

TEST_CASE(
    "a stream's events have ids of one session; 2025-11-25 begins with one, 2024-11-05 and no session have none") {
  ProtocolBench bench{Transport::http};
  const Client newest{bench, "2025-11-25"}, older{bench, "2025-03-26"}, oldest{bench, "2024-11-05"};
  const auto primed = newest.call()->events();
  REQUIRE(primed.size() == 4);  // the first without content
  for (std::size_t i = 0; i < 4; ++i) CHECK(primed[i] == tag_of(primed[0]) + "-1-" + std::to_string(i));
  const auto plain = older.call()->events();
  REQUIRE(plain.size() == 3);
  CHECK(plain[0] == tag_of(plain[0]) + "-1-1");
  CHECK(tag_of(plain[0]) != tag_of(primed[0]));
  CHECK(oldest.call()->events().empty());
  const auto alone = bench.send(wait_call, FakeHeaders{{"MCP-Protocol-Version", "2025-11-25"}});
  bench.waiting.all().back()->progress({1, 3, {}});
  CHECK(alone->notices().size() == 1);
  CHECK(alone->events().empty());
}

TEST_CASE("an answer with nothing before it is no stream, has no id and is not kept") {
  ProtocolBench bench{Transport::http};
  const Client client{bench, "2025-11-25"};
  const auto reply = client.send(wait_call);
  client.finish();
  CHECK(has_result(*reply));
  CHECK_FALSE(reply->has_begun());
  CHECK(reply->answers()[0].event.empty());
}

TEST_CASE("who comes back hears what followed the last event, then what comes, up to the answer") {
  ProtocolBench bench{Transport::http};
  const Client client{bench, GENERATE(as<std::string>{}, "2025-03-26", "2025-06-18", "2025-11-25")};
  const auto first = client.call();
  const auto events = first->events();
  const auto heard = events[events.size() - 3];  // that of the first report
  const auto second = client.get(heard);
  CHECK(second->has_begun());
  const auto notices = first->notices();
  CHECK(second->notices() == Strings(notices.end() - 2, notices.end()));
  CHECK(second->events() == Strings(events.end() - 2, events.end()));
  CHECK(status_of(*first) == 202);  // it is somebody else's turn
  client.finish();
  CHECK(has_result(*second));
  CHECK(second->answers()[0].event == tag_of(heard) + "-1-4");
  CHECK(first->answers().size() == 1);
}

TEST_CASE("a call goes on without its client, and its answer waits") {
  ProtocolBench bench{Transport::http};
  const Client client{bench, "2025-11-25"};
  const auto first = client.call();
  first->disconnect();
  CHECK_FALSE(bench.waiting.at(0)->stop_token().stop_requested());
  client.finish();
  const auto last = first->events().back();
  const auto second = client.get(last);
  CHECK(second->notices().empty());
  CHECK(has_result(*second));
  CHECK(has_result(*client.get(last)));  // and once more, should that connection be lost too
  const auto third = client.get(second->answers()[0].event);
  CHECK(status_of(*third) == 204);  // it has heard all
  bench.clock.advance(Streams::kept);
  (void)bench.endpoint->look();
  CHECK(status_of(*client.get(last)) == 400);
}

TEST_CASE("a client of 2025-11-25 that waits without a word gets an id to come back with") {
  ProtocolBench bench{Transport::http};
  const Client newest{bench, "2025-11-25"}, older{bench, "2025-06-18"};
  const auto first = newest.send(wait_call), plain = older.send(wait_call);
  first->wait();
  plain->wait();
  CHECK_FALSE(plain->has_begun());
  REQUIRE(first->events().size() == 1);
  first->disconnect();
  bench.waiting.at(0)->finish(test::result_of(R"({"n":42})"));
  CHECK(has_result(*newest.get(first->events()[0])));
}

TEST_CASE("ids that this session never gave are unknown, whoever gave them, and say nothing") {
  ProtocolBench bench{Transport::http};
  const Client client{bench, "2025-11-25"}, other{bench, "2025-11-25"}, oldest{bench, "2024-11-05"};
  const auto events = client.call()->events();
  const auto foreign = other.call()->events().back();
  const auto tag = tag_of(events[0]);
  const auto unknown = [&](const Client& asks, const std::string& id) {
    INFO(id);
    const auto reply = asks.get(id);
    CHECK(status_of(*reply) == 400);
    CHECK(reply->notices().empty());
    CHECK(json::read(reply->answers()[0].body).value().at("error").at("code") == -32600);
    return reply->answers()[0].body;
  };
  const auto said = unknown(client, foreign);
  for (const auto& id : {tag + "-1-4",
                         tag + "-1-18446744073709551615",
                         tag + "-1-18446744073709551616",
                         tag + "-2-0",
                         tag + "-0-1",
                         tag + "-1-01",
                         tag + "-1-+1",
                         tag + "-1-",
                         tag + "-1",
                         tag,
                         tag + "--1",
                         tag + "-1--1",
                         "-1-1" + tag,
                         std::string{"-"},
                         std::string{"1"},
                         std::string{"naïve"},
                         std::string{"\x01\xff\xfe"},
                         std::string(100'000, '9'),
                         " " + tag + "-1-1 x",
                         events[1] + "-1",
                         tag + "-1-1\x00"s})
    CHECK(unknown(client, id) == said);
  unknown(oldest, events[1]);
  bench.principal.subject = "somebody else";
  CHECK(status_of(*client.get(events[1])) == 404);  // as a session that is not there
  bench.principal.subject = "local";
  const auto stream = client.get(events[1]);
  CHECK(stream->answers().empty());
}

TEST_CASE("two different Last-Event-ID headers are none") {
  ProtocolBench bench{Transport::http};
  const Client client{bench, "2025-11-25"};
  const auto events = client.call()->events();
  const auto reply = std::make_shared<FakeReply>();
  const FakeHeaders headers{{"Mcp-Session-Id", client.id}, {"Last-Event-ID", events[0]}, {"Last-Event-ID", events[1]}};
  bench.endpoint->open_stream(headers, reply, bench.principal);
  CHECK(status_of(*reply) == 400);
}

TEST_CASE("a tool lets its client go, which comes back for the answer; where that is unknown nothing happens") {
  ProtocolBench bench{Transport::http};
  const Client newest{bench, "2025-11-25"}, older{bench, "2025-06-18"};
  const auto first = newest.send(wait_call);
  bench.waiting.at(0)->hang_up();
  CHECK(status_of(*first) == 202);
  REQUIRE(first->events().size() == 1);
  const auto second = newest.get(first->events()[0]);
  CHECK(second->answers().empty());
  bench.waiting.at(0)->progress({1, 2, {}});
  CHECK(second->notices().size() == 1);
  bench.waiting.at(0)->hang_up();
  CHECK(status_of(*second) == 202);
  newest.finish();
  const auto third = newest.get(second->events()[0]);
  CHECK(third->notices().empty());
  CHECK(has_result(*third));

  const auto plain = older.send(wait_call);
  bench.waiting.at(1)->hang_up();
  CHECK(plain->answers().empty());
  CHECK_FALSE(plain->has_begun());
}

TEST_CASE("a session's own stream is taken up again: what changed is told again, once each, and then what changes") {
  ProtocolBench bench{Transport::http};
  const Client client{bench, "2025-11-25"};
  const auto first = client.get();
  REQUIRE(first->events().size() == 1);  // to come back with
  const auto change = [&] {
    bench.clock.advance(Milliseconds{1000});
    bench.changes.tell(Changed::tools);
  };
  change();
  change();
  CHECK(first->notices() == Strings{tools_changed, tools_changed});
  const auto second = client.get(first->events()[0]);  // the first connection may not know yet that it is dead
  CHECK(status_of(*first) == 202);
  CHECK(second->notices() == Strings{tools_changed});
  CHECK(second->events() == Strings{first->events()[2]});
  change();
  CHECK(second->notices().size() == 2);
  CHECK(first->notices().size() == 2);
  second->disconnect();
  CHECK(client.get(second->events()[1])->notices().empty());
}

TEST_CASE("a cancelled call's stream ends without an answer, also for who comes back") {
  ProtocolBench bench{Transport::http};
  const Client client{bench, "2025-11-25"};
  const auto reply = client.call();
  client.send(R"({"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":7}})");
  bench.waiting.at(0)->finish(test::result_of("{}"));
  CHECK(status_of(*reply) == 202);
  const auto again = client.get(reply->events()[2]);
  CHECK(again->notices().size() == 1);
  CHECK(again->answers().at(0).body.empty());
  CHECK(status_of(*client.get(reply->events()[3])) == 204);
}

TEST_CASE("a batch is one stream") {
  ProtocolBench bench{Transport::http};
  const Client client{bench, "2025-03-26"};
  const auto first = client.send("[" + wait_call + R"(,{"jsonrpc":"2.0","id":8,"method":"ping"}])");
  bench.waiting.at(0)->progress({1, 3, {}});
  const auto second = client.get(first->events().at(0));
  client.finish();
  CHECK(has_result(*second));
  CHECK(json::read(second->answers()[0].body).value().as_array().size() == 2);
}

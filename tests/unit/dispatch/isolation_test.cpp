// Whose answer is it? Random callers ask random questions in any order; each must hear what was meant for it.
#include "core/dispatch/stages/cache.hpp"
#include "core/json/writer.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/unit/dispatch/support.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <random>
#include <set>

using namespace tomada;
using namespace tomada::dispatch;
using test::ask;
using test::ScriptedTool;

namespace {

// What a company's ERP would say to this caller: it names whom it is for.
std::string truth(const registry::Call& call) {
  const auto& who = *call.request().principal;
  std::string out = R"({"for":)";
  json::write_string(out, who.tenant);
  out.append(R"(,"roles":)");
  std::string roles;
  for (const auto& role : who.roles) roles.append(role).append(";");
  json::write_string(out, roles);
  out.append(R"(,"asked":)");
  json::write_canonical(out, call.arguments_value());
  return out.append("}");
}

struct Company {
  explicit Company(bool is_shared_by_roles) {
    registry::ToolDescription about;
    about.name = "erp_receivables";
    about.annotations.is_read_only = true;
    about.cache =
        registry::CachePolicy{Milliseconds{60'000}, Milliseconds{30'000}, Milliseconds{600'000}, is_shared_by_roles};
    tool = std::make_shared<ScriptedTool>(about, [this](const auto& call) {
      if (is_dead) {
        auto out = registry::Outcome::tool_error("no answer");
        out.has_upstream_failed = true;
        call->finish(std::move(out));
        return;
      }
      call->finish(test::answer(truth(*call)));
    });
    registry.publish(test::catalogue({tool}));
    std::vector<std::unique_ptr<Stage>> stages;
    stages.push_back(std::make_unique<Cache>(results, clock));
    dispatcher = std::make_unique<Dispatcher>(registry, std::move(stages), clock);
  }

  test::ManualClock clock;
  cache::ResultCache results{256u << 10, clock};  // small: answers come and go
  registry::Registry registry;
  std::shared_ptr<ScriptedTool> tool;
  std::unique_ptr<Dispatcher> dispatcher;
  bool is_dead = false;
};

}  // namespace

TEST_CASE("nobody hears an answer that was meant for another tenant, other roles or other arguments") {
  const std::vector<std::string> tenants{"acme", "acm", "acme\x1f", "a", "ac,me", ""};
  const std::vector<std::string> roles{"a", "b", "a,b", ",", "a,", "admin"};
  const std::vector<std::string> arguments{
      R"({"n":1})",   R"({"n":"1"})", R"({"n":[1]})",  R"({"m":1})", R"({"n":1,"m":""})", R"({"m":"","n":1})",
      R"({"n":1.0})", R"({"n":1.5})", R"({"n":null})", "{}",         R"({"n":"\u001f"})", R"({"n":1,"fresh":true})"};
  std::mt19937 random{20261121};
  const auto any = [&](const auto& of) { return of[random() % of.size()]; };
  Company company{false};
  for (int i = 0; i < 20'000; ++i) {
    Principal who{"someone", any(tenants), {}};
    std::set<std::string> chosen;
    for (std::size_t count = random() % 3; count > 0; --count) chosen.insert(any(roles));
    who.roles.assign(chosen.begin(), chosen.end());
    company.is_dead = random() % 10 == 0;
    const auto asked = ask("erp_receivables", any(arguments), who);
    company.dispatcher->run(asked.call);
    REQUIRE(asked.heard->size() == 1);
    const auto& heard = asked.heard->front();
    if (heard.kind != registry::OutcomeKind::result) continue;
    auto meant = json::read(truth(*asked.call)).value().as_object();
    auto said = json::read(heard.structured).value().as_object();
    meant.at("asked").as_object().erase("fresh");  // a wish, not a part of the question
    said.at("asked").as_object().erase("fresh");
    REQUIRE(said == meant);
    company.clock.advance(Milliseconds{random() % 2000});
  }
  CHECK(company.results.statistics().hits > 1000);
  CHECK(company.results.statistics().stale > 100);
}

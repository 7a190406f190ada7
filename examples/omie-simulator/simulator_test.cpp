// The simulator itself: what it refuses, and what counts towards a block, asked through the upstream client.
#include "bench.hpp"

#include <catch2/catch.hpp>

using namespace omie_simulator;

namespace {

struct PatientBench : Bench {  // a client that neither repeats nor stops asking by itself
  explicit PatientBench(Options with = {}) : Bench{std::move(with)} {
    options.retries = 0;
    options.breaker_failures = 0;
    options.fault_limit = 1'000;
  }
};

Options with_trouble(const char* name) {
  Options out;
  REQUIRE(read_trouble(name, out.trouble));
  out.trouble_count = 1;
  return out;
}

Request unshared(Request request) {  // sent each time
  request.cache_key.clear();
  return request;
}

std::string told(const Result<Response>& result) { return result ? result->body : result.error().text(); }

}  // namespace

TEST_CASE("a number that is no whole, positive one of 64 bits is refused, not read as page 1", "[omie]") {
  PatientBench bench;
  const auto client = bench.client();
  for (const char* wrong : {"1.5", "-1", "99999999999999999999", "1e3", "\"1\""}) {
    INFO(wrong);
    const auto parameters = std::string{"{\"pagina\":"} + wrong + "}";
    const auto refused = told(client->fetch(question("ListarClientes", "geral/clientes/", parameters)));
    CHECK_THAT(refused, Catch::Contains("Client-5001") && Catch::Contains("[PAGINA]"));
  }
  CHECK(is_data(client->fetch(question("ListarClientes", "geral/clientes/", R"({"pagina":0})"))));  // 0 is page 1
}

TEST_CASE("internal errors count towards the block as faults do", "[omie]") {
  Options harsh;
  harsh.error_limit = 3;
  PatientBench bench{harsh};
  const auto client = bench.client();
  bench.simulator.trouble(Trouble::http500, 3);
  for (int page = 1; page <= 3; ++page) CHECK_FALSE(client->fetch(customers(page)).has_value());
  CHECK_THAT(told(client->fetch(customers(4))), Catch::Contains("blocked ListarClientes"));
}

TEST_CASE("whether a question that failed makes the next one redundant is a knob", "[omie]") {
  const bool is_only_answered = GENERATE(false, true);
  Options options;
  options.is_redundant_after_answers_only = is_only_answered;
  PatientBench bench{options};
  const auto client = bench.client();
  const auto unknown_page = unshared(question("ListarClientes", "geral/clientes/", R"({"pagina":999})", 5s));
  CHECK_THAT(told(client->fetch(unknown_page)), Catch::Contains("5113"));
  CHECK_THAT(told(client->fetch(unknown_page)), Catch::Contains(is_only_answered ? "5113" : "the same question"));
  REQUIRE(is_data(client->fetch(unshared(customers(1)))));
  CHECK_THAT(told(client->fetch(unshared(customers(1, 5s)))), Catch::Contains("the same question"));
}

TEST_CASE("every refusal of Omie can be asked for", "[omie]") {
  const auto [mode, expected] = GENERATE(table<const char*, const char*>({{"blocked", "blocked ListarClientes"},
                                                                          {"rate", "too many requests"},
                                                                          {"redundant", "the same question"},
                                                                          {"running", "still working"}}));
  PatientBench bench{with_trouble(mode)};
  CHECK_THAT(told(bench.client()->fetch(customers(1, 5s))), Catch::Contains(expected));
  CHECK(bench.refused("trouble") == 1);
}

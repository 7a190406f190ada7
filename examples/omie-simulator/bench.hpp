#pragma once
// Bench: a simulator and a client of it, and the questions that the tests ask.
#include "simulator.hpp"
#include "trouble.hpp"

#include "core/json/reader.hpp"
#include "core/json/writer.hpp"
#include "core/upstream/client.hpp"
#include "tests/unit/upstream/folder.hpp"

#include <atomic>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

namespace omie_simulator {

using namespace std::chrono_literals;
using tomada::ErrorCode;
using tomada::Result;
using tomada::test::Folder;
using tomada::test::Process;
using tomada::upstream::Client;
using tomada::upstream::Request;
using tomada::upstream::Response;
using tomada::upstream::UpstreamOptions;

inline constexpr const char* secret = "0123456789abcdef0123456789abcdef";

struct Bench {
  explicit Bench(Options with = {}) : simulator{prepared(with)} {
    if (!simulator.listen()) throw std::runtime_error("no port");
    simulator.start();
    options.url = simulator.url();
    options.kind = "omie";
  }
  static Options prepared(Options options) {
    options.port = 0;
    options.today = "21/11/2026";
    return options;
  }
  std::unique_ptr<Client> client() { return process.client({{"omie", options}}); }

  [[nodiscard]] std::int64_t requests() const {
    return simulator.statistics().at("requests").to_number<std::int64_t>();
  }
  [[nodiscard]] std::int64_t refused(const char* kind) const {
    const auto statistics = simulator.statistics();
    const auto* found = statistics.at("refused").get_object().if_contains(kind);
    return found ? found->to_number<std::int64_t>() : 0;
  }
  [[nodiscard]] std::int64_t of(const char* call, const char* what) const {
    return simulator.statistics().at("methods").at(call).at(what).to_number<std::int64_t>();
  }

  Simulator simulator;
  UpstreamOptions options;
  Folder folder;
  tomada::SystemClock clock;
  Process process{clock, folder.path()};
};

inline Request question(const std::string& call, const std::string& path, const std::string& parameters,
                        Milliseconds time = 120s) {
  Request out;
  out.upstream = "omie";
  out.path = path;
  out.method = call;
  out.account = "123456789";
  out.cache_key = parameters;
  out.is_idempotent = true;
  out.deadline = std::chrono::steady_clock::now() + time;
  out.body = "{\"call\":\"" + call + "\",\"app_key\":\"123456789\",\"app_secret\":\"" + secret + "\",\"param\":[" +
             parameters + "]}";
  return out;
}

inline Request customers(int page, Milliseconds time = 120s) {
  return question("ListarClientes", "geral/clientes/",
                  "{\"pagina\":" + std::to_string(page) + ",\"registros_por_pagina\":2}", time);
}

inline Request movements(int page, Milliseconds time = 120s) {
  return question("ListarMovimentos", "financas/mf/", "{\"nPagina\":" + std::to_string(page) + ",\"nRegPorPagina\":2}",
                  time);
}

inline bool is_data(const Result<Response>& response) {
  const auto body = response ? tomada::json::read(response->body) : tomada::json::read("");
  return body && body->is_object() && !body->get_object().contains("faultstring");
}

// Asks all at once; how many got data.
inline int ask_all(const std::vector<Client*>& clients, const std::vector<Request>& requests) {
  std::atomic<int> good{0};
  std::vector<std::thread> threads;
  for (std::size_t i = 0; i < requests.size(); ++i)
    threads.emplace_back([&, i] { good += is_data(clients[i % clients.size()]->fetch(requests[i])); });
  for (auto& thread : threads) thread.join();
  return good;
}

inline Options slow_simulator(long ms) {
  Options out;
  out.latency_base = Milliseconds{ms};
  return out;
}
}  // namespace omie_simulator

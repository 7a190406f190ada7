#include "day.hpp"
#include "simulator.hpp"
#include "trouble.hpp"

#include "core/json/writer.hpp"

#include <CLI/CLI.hpp>

#include <csignal>
#include <cstdio>
#include <iostream>
#include <thread>

namespace {

using omie_simulator::Latency;
using omie_simulator::Milliseconds;
using omie_simulator::Options;
using omie_simulator::Simulator;

struct Words {  // what needs reading
  long latency_ms = 0, latency_per_record_ms = 0;
  std::string latency_profile = "fixed", fault_mode = "none";
  std::vector<std::string> concurrency_of;
  bool print_statistics = false;
};

void add_company(CLI::App& app, Options& options) {
  app.add_option("--seed", options.seed, "what the company looks like")->capture_default_str();
  app.add_option("--today", options.today, "dd/mm/yyyy; default: this machine's day");
  app.add_option("--customers", options.customers, "customers and suppliers")
      ->capture_default_str()
      ->check(CLI::Range(1, 100'000));
  app.add_option("--products", options.products, "products")->capture_default_str()->check(CLI::Range(1, 100'000));
  app.add_option("--orders", options.orders, "sales orders")->capture_default_str()->check(CLI::Range(0, 100'000));
  app.add_option("--titles", options.titles, "payables and receivables")
      ->capture_default_str()
      ->check(CLI::Range(0, 1'000'000));
  app.add_option("--purchases", options.purchases, "purchase orders")
      ->capture_default_str()
      ->check(CLI::Range(0, 100'000));
  app.add_option("--service-orders", options.service_orders, "service orders")
      ->capture_default_str()
      ->check(CLI::Range(0, 100'000));
}

void add_limits(CLI::App& app, Options& options, Words& words) {
  app.add_option("--per-method-minute", options.per_method_minute, "requests per minute of one call")
      ->capture_default_str();
  app.add_option("--per-ip-minute", options.per_ip_minute, "requests per minute of one address")->capture_default_str();
  app.add_option("--concurrency", options.concurrency, "at once, of each call")->capture_default_str();
  app.add_option("--concurrency-of", words.concurrency_of, "CALL=N, for one call (repeatable)");
  app.add_option("--redundancy-seconds", options.redundancy_seconds, "the same question again is refused so long")
      ->capture_default_str();
  app.add_flag("--redundancy-renewed", options.is_redundancy_renewed, "asking too early begins that time anew");
  app.add_flag("--redundant-after-answers-only", options.is_redundant_after_answers_only,
               "a question that failed may be asked again at once");
  app.add_option("--error-limit", options.error_limit, "faults in a row that block a call; 0: never")
      ->capture_default_str();
  app.add_option("--block-seconds", options.block_seconds, "how long a block lasts")->capture_default_str();
  app.add_option("--window-seconds", options.window_seconds, "what a minute means in the limits")
      ->capture_default_str();
  app.add_option("--page-cap", options.page_cap, "most records of a page, whatever was asked")->capture_default_str();
}

void add_conduct(CLI::App& app, Options& options, Words& words) {
  app.add_option("--latency-ms", words.latency_ms, "of every call")->capture_default_str();
  app.add_option("--latency-per-record-ms", words.latency_per_record_ms, "and of every record")->capture_default_str();
  app.add_option("--latency-profile", words.latency_profile, "fixed, or measured (lognormal, from public reports)")
      ->check(CLI::IsMember({"fixed", "measured"}));
  app.add_option("--latency-scale", options.latency_scale, "measured latencies times this")->capture_default_str();
  app.add_option("--fault-mode", words.fault_mode, "what goes wrong")
      ->check(CLI::IsMember(omie_simulator::trouble_names()));
  app.add_option("--fault-rate", options.trouble_rate, "0 to 1: of the answers")->check(CLI::Range(0.0, 1.0));
  app.add_option("--fault-count", options.trouble_count, "surely of so many first answers");
  app.add_flag("--print-statistics", words.print_statistics, "on standard output when it ends");
}

bool read_words(const Words& words, Options& options) {
  options.latency_base = Milliseconds{words.latency_ms};
  options.latency_record = Milliseconds{words.latency_per_record_ms};
  options.latency = words.latency_profile == "measured" ? Latency::measured : Latency::fixed;
  for (const std::string& pair : words.concurrency_of) {
    const auto equals = pair.find('=');
    if (equals == std::string::npos || equals + 1 == pair.size()) return false;
    options.concurrency_of[pair.substr(0, equals)] = std::strtoul(pair.c_str() + equals + 1, nullptr, 10);
  }
  if (!options.today.empty() && !omie_simulator::read_day(options.today)) return false;
  return omie_simulator::read_trouble(words.fault_mode, options.trouble);
}

int serve(const Options& options, bool print_statistics) {
  sigset_t ending;
  sigemptyset(&ending);
  sigaddset(&ending, SIGTERM);
  sigaddset(&ending, SIGINT);
  pthread_sigmask(SIG_BLOCK, &ending, nullptr);  // all threads: sigwait below takes them
  Simulator simulator{options};
  if (!simulator.listen()) {
    std::cerr << "omie-simulator: port " << options.port << " is taken; choose another with --port\n";
    return 1;
  }
  simulator.start();
  std::cout << "omie-simulator listens on " << simulator.url() << std::endl;
  int signal = 0;
  sigwait(&ending, &signal);
  simulator.stop();
  if (print_statistics) std::cout << tomada::json::text(simulator.statistics()) << std::endl;
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"Omie simulator: the ERP's API, limits and moods on your own machine, with an invented company."};
  Options options;
  Words words;
  app.add_option("--host", options.host, "address to listen on")->capture_default_str();
  app.add_option("--port", options.port, "0: any free one, printed at start")
      ->capture_default_str()
      ->check(CLI::Range(0, 65535));
  add_company(app, options);
  add_limits(app, options, words);
  add_conduct(app, options, words);
  CLI11_PARSE(app, argc, argv);
  if (!read_words(words, options)) {
    std::cerr << "omie-simulator: write --concurrency-of as CALL=N and --today as dd/mm/yyyy\n";
    return 1;
  }
  return serve(options, words.print_statistics);
}

#pragma once
// Options: how much of a company the simulator invents, how strict it is, how slow, how faulty.
#include <chrono>
#include <cstdint>
#include <map>
#include <string>

namespace omie_simulator {

using Milliseconds = std::chrono::milliseconds;

enum class Latency { fixed, measured };  // measured: lognormal per kind of call, as public reports have it
// The last four are Omie's own refusals, as they come without a reason of ours.
enum class Trouble { none, html, truncate, drop, http500, slow, fault200, blocked, rate, redundant, running };

struct Options {
  std::string host = "127.0.0.1";
  int port = 8800;  // 0: any free one
  std::uint64_t seed = 1;
  std::string today;  // dd/mm/yyyy; empty: the machine's day
  std::size_t customers = 125, products = 80, orders = 120, titles = 600, purchases = 40, service_orders = 30;

  Latency latency = Latency::fixed;
  Milliseconds latency_base{0};    // fixed: of every call
  Milliseconds latency_record{0};  // fixed: and of every record in the answer
  double latency_scale = 1;        // measured: times this

  std::size_t per_method_minute = 240, per_ip_minute = 960;
  std::size_t concurrency = 4;  // of calls that are not in the table below
  std::map<std::string, std::size_t> concurrency_of = {{"ListarPedidos", 1},
                                                       {"ListarContasReceber", 1},
                                                       {"ListarContasPagar", 1},
                                                       {"ListarMovimentos", 1},
                                                       {"ListarLancCC", 1}};
  std::size_t redundancy_seconds = 60;
  bool is_redundancy_renewed = false;            // a refused repetition begins the time anew
  bool is_redundant_after_answers_only = false;  // a question that failed may be asked again at once
  std::size_t error_limit = 10;                  // faults in a row of one key and call that block it; 0: never
  std::size_t block_seconds = 1800;
  double window_seconds = 60;  // of the two rates
  std::size_t page_cap = 100;

  Trouble trouble = Trouble::none;
  double trouble_rate = 0;        // of the calls that would have been answered
  std::size_t trouble_count = 0;  // and surely of so many next ones
};

}  // namespace omie_simulator

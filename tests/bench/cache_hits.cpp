// What a hit of the result cache costs: nanoseconds a look-up, alone and with every core asking at once.
#include "core/cache/result_cache.hpp"

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdio>
#include <string>
#include <thread>
#include <vector>

using namespace tomada;

namespace {

constexpr int keys = 2000, looks = 2'000'000, rounds = 5;

std::vector<std::string> questions() {
  std::vector<std::string> out;
  for (int i = 0; i < keys; ++i) {
    out.push_back("15:erp_receivables5:0.1.04:omie4:acme;" + std::string(60, 'x') + std::to_string(i));
  }
  return out;
}

// Nanoseconds a look-up of one thread while so many ask.
double measure(cache::ResultCache& cache, const std::vector<std::string>& asked, int threads) {
  std::atomic<bool> may_go{false};
  std::atomic<long> misses{0};
  const auto work = [&](int seed) {
    while (!may_go.load()) std::this_thread::yield();
    std::size_t at = static_cast<std::size_t>(seed) * 7919;
    for (int i = 0; i < looks; ++i) {
      at = (at * 1103515245 + 12345) & 0x7fffffff;
      if (!cache.find(asked[at % keys]).is_fresh()) ++misses;
    }
  };
  std::vector<std::thread> pool;
  for (int i = 0; i < threads; ++i) pool.emplace_back(work, i);
  const auto begun = std::chrono::steady_clock::now();
  may_go = true;
  for (auto& thread : pool) thread.join();
  const std::chrono::duration<double, std::nano> took = std::chrono::steady_clock::now() - begun;
  if (misses > 0) std::printf("misses: %ld\n", misses.load());
  return took.count() / looks;
}

}  // namespace

int main() {
  const SystemClock clock;
  cache::ResultCache cache{256u << 20, clock};
  const auto asked = questions();
  cache::Entry entry;
  entry.structured.assign(2000, 'x');
  entry.time_to_live = Milliseconds{3'600'000};
  for (const auto& key : asked) cache.land(key, std::make_shared<const cache::Entry>(entry));
  const int cores = static_cast<int>(std::max(1u, std::thread::hardware_concurrency()));
  for (const int threads : {1, cores}) {
    std::vector<double> taken;
    for (int i = 0; i < rounds; ++i) taken.push_back(measure(cache, asked, threads));
    std::sort(taken.begin(), taken.end());
    std::printf("cache hit, %d thread%s: %.0f ns (median of %d)\n", threads, threads == 1 ? "" : "s",
                taken[taken.size() / 2], rounds);
    if (threads == cores) break;
  }
}

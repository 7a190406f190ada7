#include "core/cli/cache.hpp"

#include "core/app/control.hpp"
#include "core/app/paths.hpp"
#include "core/base/text.hpp"
#include "core/cli/failure.hpp"
#include "core/json/indent.hpp"
#include "core/json/writer.hpp"

#include <cstdio>
#include <utility>

namespace tomada::cli {
namespace {

using Answers = std::map<std::string, Result<json::object>>;

std::int64_t number(const json::object& from, std::string_view name) {
  const auto* found = json::find(from, name);
  return found && found->is_number() ? found->to_number<std::int64_t>() : 0;
}

std::string part(std::int64_t some, std::int64_t all) {  // in percent, one digit
  if (all <= 0) return "-";
  const auto thousandths = some * 1000 / all;
  return text::concat({std::to_string(thousandths / 10), ".", std::to_string(thousandths % 10), " %"});
}

// Of the looks at what other instances know.
std::string shared(const json::object& answer) {
  const auto* from = json::find_object(answer, "shared");
  if (!from) return "-";
  const auto* is_connected = json::find(*from, "connected");
  if (!is_connected || !is_connected->is_bool() || !is_connected->get_bool()) return "away";
  return part(number(*from, "hits"), number(*from, "hits") + number(*from, "misses"));
}

void print_table(const Answers& answers) {
  std::printf("%-16s  %8s  %10s  %6s  %10s  %8s  %8s  %8s  %8s\n", "PROCESS", "RESULTS", "BYTES", "FULL", "HITS",
              "STALE", "MISSES", "HIT RATE", "SHARED");
  for (const auto& [process, answer] : answers) {
    if (!answer) continue;
    const auto of = [&told = *answer](std::string_view name) { return number(told, name); };
    const auto served = of("hits") + of("stale");
    std::printf("%-16s  %8lld  %10lld  %6s  %10lld  %8lld  %8lld  %8s  %8s\n", process.c_str(),
                static_cast<long long>(of("entries")), static_cast<long long>(of("bytes")),
                part(of("bytes"), of("capacity")).c_str(), static_cast<long long>(of("hits")),
                static_cast<long long>(of("stale")), static_cast<long long>(of("misses")),
                part(served, served + of("misses")).c_str(), shared(*answer).c_str());
  }
}

void print_json(const Answers& answers) {
  json::array out;
  for (const auto& [process, answer] : answers) {
    if (!answer) continue;
    json::object one{{"process", process}};
    for (const auto& [key, value] : *answer) one[key] = value;
    out.push_back(std::move(one));
  }
  std::printf("%s\n", json::indented(json::text(json::object{{"processes", std::move(out)}})).c_str());
}

}  // namespace

int tend_cache(const Words& words) {
  const auto state = words.overrides.state.empty() ? app::default_state() : words.overrides.state;
  const bool clears = words.command == Command::cache_clear;
  const auto answers = app::ask_servers(app::processes_in(state), clears ? "cache clear" : "cache stats");
  if (answers.empty()) {
    return fail(failure(ErrorCode::not_found, "no server is running with this state folder", state,
                        "start one, or name its folder with --state"));
  }
  for (const auto& [_, answer] : answers) {
    if (!answer) return fail(answer.error());
  }
  if (words.is_json) {
    print_json(answers);
  } else if (clears) {
    std::printf("cleared in %zu process%s\n", answers.size(), answers.size() == 1 ? "" : "es");
  } else {
    print_table(answers);
  }
  return exit_ok;
}

}  // namespace tomada::cli

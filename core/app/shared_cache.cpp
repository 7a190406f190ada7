#include "core/app/shared_cache.hpp"

#include "core/app/paths.hpp"
#include "core/app/server.hpp"
#include "core/base/module.hpp"
#include "core/base/text.hpp"
#include "core/base/whole_file.hpp"
#include "core/json/writer.hpp"

#include <algorithm>
#include <cstdlib>

namespace tomada::app {
namespace {

constexpr const char* component = "cache.shared";

// redis://HOST[:PORT][/DATABASE]: the schema has checked it.
cache::WireOptions wire_options(const config::Redis& redis, std::string channel) {
  cache::WireOptions out;
  std::string_view rest = redis.url;
  rest.remove_prefix(rest.find("://") + 3);
  if (const auto slash = rest.find('/'); slash != std::string_view::npos) {
    out.database = std::atoi(std::string{rest.substr(slash + 1)}.c_str());
    rest = rest.substr(0, slash);
  }
  const auto bracket = rest.find(']');
  const auto colon = rest.find(':', bracket == std::string_view::npos ? 0 : bracket);
  if (colon != std::string_view::npos) out.port = std::atoi(std::string{rest.substr(colon + 1)}.c_str());
  rest = rest.substr(0, colon);
  if (rest.starts_with('[')) rest = rest.substr(1, rest.size() - 2);
  out.host = rest;
  out.user = redis.user;
  out.password = redis.password;
  out.channel = std::move(channel);
  return out;
}

Result<std::unique_ptr<cache::Wire>> make_wire(const config::Redis& redis, std::string channel) {
  const auto make = load_module<cache::MakeWire>(default_modules(), "redis");
  if (!make) return make.error();
  return (*make)(wire_options(redis, std::move(channel)));
}

// The same url means something else on another machine.
bool is_on_this_machine(std::string_view url) {
  if (url.starts_with("sqlite:")) return true;
  const auto host = url.substr(std::min(url.find("://") + 3, url.size()));
  return host.starts_with("127.") || host.starts_with("localhost") || host.starts_with("[::1]");
}

std::string what_results_depend_on(const Settings& settings, const Statuses& plugins) {
  const auto& config = settings.config;
  std::string out;
  for (const auto& part : {std::string{version()}, config.language, config.auth.seal_key})
    text::append_framed(out, part);
  for (const auto& [name, upstream] : config.upstreams) {
    for (const auto& part : {name, upstream.url, upstream.kind, upstream.user, upstream.password})
      text::append_framed(out, part);
    if (is_on_this_machine(upstream.url)) text::append_framed(out, read_whole_file("/etc/machine-id"));
  }
  for (const auto& status : plugins) {
    for (const auto& part : {status.instance, status.id, status.version, status.state}) text::append_framed(out, part);
    const auto instance = config.plugins.find(status.instance);
    if (instance == config.plugins.end()) continue;
    json::write_canonical(out, instance->second.settings);
  }
  return out;
}

health::Condition condition_of(const cache::SecondLevel& second) {
  const auto now = second.statistics();
  health::Condition out;
  out.details = {{"hits", now.hits}, {"misses", now.misses},   {"errors", now.errors},
                 {"kept", now.kept}, {"dropped", now.dropped}, {"queued", now.queued}};
  const auto said = second.condition();
  if (said) return out;
  out.status = health::Status::degraded;
  out.reason = text::concat({"results are not shared with other instances: ", said.error().message});
  out.next_step = said.error().hint;
  return out;
}

}  // namespace

SharedCache::SharedCache(const config::Redis& redis, cache::ResultCache& first, const Clock& clock,
                         health::Board& health, metrics::Registry& metrics)
    : first_{first}, health_{health}, metrics_{metrics} {
  if (redis.url.empty()) return;
  const cache::SecondLevelOptions options{redis.prefix};
  auto wire = make_wire(redis, options.channel());
  if (wire) {
    second_ = std::make_unique<cache::SecondLevel>(options, first, std::move(*wire), clock);
    return;
  }
  const auto& why = wire.error();
  health.set(component, false, {health::Status::degraded, why.text(), why.hint, {}});
}

void SharedCache::start() {
  if (!second_) return;
  second_->start();
  health_.watch(component, false, [second = second_.get()] { return condition_of(*second); });
  const auto collect = [&](const char* name, const char* help, auto read) {
    metrics_.collect(name, help,
                     [second = second_.get(), read] { return static_cast<double>(read(second->statistics())); });
  };
  collect("tomada_cache_shared_hits", "Calls answered with what another instance knew.",
          [](const auto& now) { return now.hits; });
  collect("tomada_cache_shared_misses", "Looks at the shared results that found nothing true and fresh.",
          [](const auto& now) { return now.misses; });
  collect("tomada_cache_shared_errors", "Looks and results that were lost, damaged or refused.",
          [](const auto& now) { return now.errors; });
  collect("tomada_cache_shared_kept", "Results kept for other instances.", [](const auto& now) { return now.kept; });
  collect("tomada_cache_shared_dropped", "Results not kept for other instances: too large, or the queue was full.",
          [](const auto& now) { return now.dropped; });
  collect("tomada_cache_shared_queued", "Results that wait to be kept for other instances.",
          [](const auto& now) { return now.queued; });
}

void SharedCache::stop() {
  if (second_) second_->stop();
}

void SharedCache::leave_circumstances() {
  if (second_) second_->belong_to(std::nullopt);
}

void SharedCache::enter_circumstances(const Settings& settings, const Statuses& plugins) {
  if (!second_) return;
  first_.doubt();
  second_->belong_to(cache::parcel_key(what_results_depend_on(settings, plugins)));
}

Result<void> try_redis(const config::Redis& redis) {
  const auto wire = make_wire(redis, cache::SecondLevelOptions{redis.prefix}.channel());
  if (!wire) return wire.error();
  return (*wire)->connect();
}

}  // namespace tomada::app

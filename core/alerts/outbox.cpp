#include "core/alerts/outbox.hpp"

#include "core/base/text.hpp"
#include "core/json/reader.hpp"
#include "core/json/writer.hpp"

#include <algorithm>
#include <cstdio>

namespace tomada::alerts {
namespace {

constexpr std::string_view space = "alerts.outbox";
constexpr std::int64_t first_pause_ms = 5'000, longest_pause_ms = 300'000, keep_ms = 86'400'000;

std::string string_of(const json::object& from, std::string_view key) {
  const json::string* found = json::find_string(from, key);
  return found ? std::string{json::view(*found)} : std::string{};
}

std::int64_t number_of(const json::object& from, std::string_view key) {
  const json::value* found = json::find(from, key);
  return found && found->is_int64() ? found->get_int64() : 0;
}

Parcel read_parcel(std::string_view key, std::string_view text) {
  Parcel out;
  out.key = key;
  const auto parsed = json::read(text);
  const json::object* from = parsed ? parsed->if_object() : nullptr;
  if (!from) return out;
  out.rule = string_of(*from, "rule");
  out.channel = string_of(*from, "channel");
  out.last_error = string_of(*from, "last_error");
  out.queued_at_ms = number_of(*from, "queued_at_ms");
  out.not_before_ms = number_of(*from, "not_before_ms");
  out.attempts = number_of(*from, "attempts");
  if (const json::object* alert = json::find_object(*from, "alert")) out.alert = *alert;
  return out;
}

std::string write_parcel(const Parcel& parcel) {
  return json::text(json::object{{"rule", parcel.rule},
                                 {"channel", parcel.channel},
                                 {"alert", parcel.alert},
                                 {"queued_at_ms", parcel.queued_at_ms},
                                 {"not_before_ms", parcel.not_before_ms},
                                 {"attempts", parcel.attempts},
                                 {"last_error", parcel.last_error}});
}

std::string key_of(const json::object& announcement) {  // sorts by time; the same announcement has the same key
  char time[24];
  std::snprintf(time, sizeof time, "%016lld", static_cast<long long>(number_of(announcement, "queued_at_ms")));
  const json::object* alert = json::find_object(announcement, "alert");
  return text::concat({time, "/", string_of(announcement, "rule"), "/", alert ? string_of(*alert, "status") : ""});
}

metrics::Counter& counter(metrics::Registry& metrics, const char* outcome) {
  return metrics.counter("tomada_alert_notifications_total", "Alert notifications by what became of them.",
                         {{"outcome", outcome}});
}

}  // namespace

Outbox::Outbox(storage::Store& store, const Channels& channels, const Clock& clock, log::Logger& log,
               metrics::Registry& metrics)
    : store_{store},
      channels_{channels},
      clock_{clock},
      log_{log},
      delivered_{counter(metrics, "delivered")},
      failed_{counter(metrics, "failed")},
      dropped_{counter(metrics, "dropped")} {}

Result<void> Outbox::put(const json::object& announcement) {
  return store_.put(space, key_of(announcement), json::text(announcement));
}

Result<std::vector<Parcel>> Outbox::waiting() const {
  std::vector<Parcel> out;
  const auto keep = [&out](std::string_view key, std::string_view text) { out.push_back(read_parcel(key, text)); };
  if (const auto read = store_.scan(space, "", keep); !read) return read.error();
  return out;
}

void Outbox::deliver(const std::atomic<bool>& is_stopping) {
  auto parcels = waiting();
  if (!parcels) return log_.error("the alert outbox cannot be read", {{"error", parcels.error().text()}});
  std::set<std::string, std::less<>> resting;  // channels with an older parcel that must go first
  for (auto& parcel : *parcels) {
    if (is_stopping) return;
    if (resting.contains(parcel.channel)) continue;
    const std::string channel = parcel.channel;
    if (!attempt(std::move(parcel))) resting.insert(channel);
  }
}

bool Outbox::attempt(Parcel parcel) {
  if (done_.contains(parcel.key)) {
    remove(parcel);
    return true;
  }
  if (now_ms() - parcel.queued_at_ms >= keep_ms) {
    dropped_.add();
    log_.error("an alert notification could not be delivered for a day and is dropped",
               {{"alert", parcel.rule}, {"channel", parcel.channel}, {"error", parcel.last_error}});
    remove(parcel);
    return true;
  }
  if (!channels_.has(parcel.channel) || parcel.not_before_ms > now_ms()) return false;
  if (const auto sent = channels_.send(parcel.channel, parcel.alert); !sent)
    return postpone(std::move(parcel), sent.error());
  delivered_.add();
  remove(parcel);
  return true;
}

bool Outbox::postpone(Parcel parcel, const Error& error) {
  failed_.add();
  const std::int64_t doublings = std::min<std::int64_t>(parcel.attempts, 10);
  parcel.not_before_ms = now_ms() + std::min(longest_pause_ms, first_pause_ms << doublings);
  ++parcel.attempts;
  parcel.last_error = error.text();
  log_.warning("an alert notification was not delivered and will be tried again", {{"alert", parcel.rule},
                                                                                   {"channel", parcel.channel},
                                                                                   {"attempts", parcel.attempts},
                                                                                   {"error", parcel.last_error}});
  if (const auto kept = store_.put(space, parcel.key, write_parcel(parcel)); !kept) {
    log_.error("the alert outbox cannot be written", {{"error", kept.error().text()}});
  }
  return false;
}

void Outbox::remove(const Parcel& parcel) {
  if (const auto erased = store_.erase(space, parcel.key); erased) {
    done_.erase(parcel.key);
    return;
  }
  done_.insert(parcel.key);
}

std::int64_t Outbox::now_ms() const { return unix_ms(clock_.wall_now()); }

}  // namespace tomada::alerts

#include "core/health/health.hpp"

#include "core/base/text.hpp"

#include <algorithm>
#include <exception>
#include <utility>

namespace tomada::health {
namespace {

Condition broken(std::string_view name, std::string_view what) {
  return {Status::unhealthy,
          text::concat({"the check of ", name, " failed: ", what}),
          "look for its lines in the log; restart the server when it stays so",
          {}};
}

Condition ask(const std::string& name, const std::function<Condition()>& probe) {
  try {
    return probe();
  } catch (const std::exception& error) {
    return broken(name, error.what());
  } catch (...) {
    return broken(name, "for an unknown reason");
  }
}

Status worse(Status whole, const Component& part) {
  if (part.condition.status == Status::unhealthy && part.is_critical) return Status::unhealthy;
  if (part.condition.status != Status::healthy && whole == Status::healthy) return Status::degraded;
  return whole;
}

}  // namespace

std::string_view name(Status status) noexcept {
  switch (status) {
    case Status::healthy:
      return "healthy";
    case Status::degraded:
      return "degraded";
    case Status::unhealthy:
      return "unhealthy";
  }
  return "unhealthy";
}

Board::Board(const Clock& clock) : clock_{clock} {}

Board::Entry& Board::entry_of(std::string name, Owner owner) {
  auto& owners = entries_[std::move(name)];
  const auto is_own = [owner](const Entry& entry) { return entry.owner == owner; };
  const auto found = std::find_if(owners.begin(), owners.end(), is_own);
  if (found != owners.end()) return *found;
  Entry entry;
  entry.last = owners.empty() ? Status::healthy : owners.back().last;  // for readers the component goes on
  entry.since = owners.empty() ? clock_.wall_now() : owners.back().since;
  entry.owner = owner;
  return owners.emplace_back(std::move(entry));
}

void Board::watch(std::string name, bool is_critical, std::function<Condition()> probe, Owner owner) {
  const std::lock_guard lock{mutex_};
  Entry& entry = entry_of(std::move(name), owner);
  entry.is_critical = is_critical;
  entry.probe = std::move(probe);
}

void Board::set(std::string name, bool is_critical, Condition condition, Owner owner) {
  const std::lock_guard lock{mutex_};
  Entry& entry = entry_of(std::move(name), owner);
  if (entry.last != condition.status) entry.since = clock_.wall_now();
  entry.last = condition.status;
  entry.is_critical = is_critical;
  entry.probe = nullptr;
  entry.told = std::move(condition);
}

void Board::forget(std::string_view name, Owner owner) {
  const std::lock_guard lock{mutex_};
  const auto found = entries_.find(name);
  if (found == entries_.end()) return;
  std::erase_if(found->second, [owner](const Entry& entry) { return entry.owner == owner; });
  if (found->second.empty()) entries_.erase(found);
}

void Board::settle() const { const std::unique_lock lock{asking_}; }

Board::Report Board::report() const {
  const std::shared_lock asking{asking_};
  std::map<std::string, Entry, std::less<>> asked;
  {
    const std::lock_guard lock{mutex_};
    for (const auto& [name, owners] : entries_) asked.emplace(name, owners.back());
  }
  for (auto& [name, entry] : asked) {
    if (entry.probe) entry.told = ask(name, entry.probe);
  }
  Report report;
  for (auto& [name, entry] : asked) {
    const WallTime since = note(name, entry);
    report.components.push_back({name, entry.is_critical, std::move(entry.told), since});
    report.status = worse(report.status, report.components.back());
  }
  return report;
}

WallTime Board::note(const std::string& name, const Entry& asked) const {
  const std::lock_guard lock{mutex_};
  const auto found = entries_.find(name);
  if (found == entries_.end()) return asked.since;  // forgotten while it was asked
  for (Entry& entry : found->second) {
    if (entry.owner != asked.owner) continue;
    if (entry.last != asked.told.status && asked.probe) {
      entry.last = asked.told.status;
      entry.since = clock_.wall_now();
    }
    return entry.since;
  }
  return asked.since;
}

json::object Board::to_json(const Report& report) {
  json::object components;
  for (const auto& part : report.components) {
    json::object shown{{"status", json::key(health::name(part.condition.status))}};
    if (!part.condition.reason.empty()) shown["reason"] = part.condition.reason;
    if (!part.condition.next_step.empty()) shown["next_step"] = part.condition.next_step;
    shown["since"] = rfc3339(part.since);
    shown["critical"] = part.is_critical;
    if (!part.condition.details.empty()) shown["details"] = part.condition.details;
    components[part.name] = std::move(shown);
  }
  return {{"status", json::key(health::name(report.status))}, {"components", std::move(components)}};
}

}  // namespace tomada::health

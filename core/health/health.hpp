#pragma once
// Health: the one model behind /health, `tomada check`, the MCP tool and the metrics.
#include "core/base/clock.hpp"
#include "core/json/value.hpp"

#include <functional>
#include <map>
#include <mutex>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <vector>

namespace tomada::health {

enum class Status { healthy, degraded, unhealthy };
[[nodiscard]] std::string_view name(Status status) noexcept;

struct Condition {
  Status status = Status::healthy;
  std::string reason;     // one sentence; empty when healthy
  std::string next_step;  // what to do about it; empty when healthy
  json::object details;   // component-specific figures
};

struct Component {
  std::string name;          // "upstream.omie", "plugin.erp", "storage", "cache", "alert_delivery", "event_loop"
  bool is_critical = false;  // unhealthy makes the whole unhealthy; otherwise the whole is degraded
  Condition condition;
  WallTime since;  // when it took this status
};

class Board final {
 public:
  explicit Board(const Clock& clock);

  // A component may be spoken for by several owners at once (a reload builds the new part beside the old one): the
  // newest is heard, and when it goes the one before is heard again.
  using Owner = const void*;
  void watch(std::string name, bool is_critical, std::function<Condition()> probe,
             Owner owner = nullptr);  // asked on every report; [any thread]
  void set(std::string name, bool is_critical, Condition condition, Owner owner = nullptr);  // told, kept
  void forget(std::string_view name, Owner owner = nullptr);  // a report under way may still ask the probe once
  void settle() const;  // returns when no report is under way that may ask what was forgotten before; not for probes

  struct Report {
    Status status = Status::healthy;
    std::vector<Component> components;  // by name
  };
  [[nodiscard]] Report report() const;
  [[nodiscard]] static json::object to_json(const Report& report);
  // {"status","components":{name:{"status","reason"?,"next_step"?,"since","critical","details"?}}}

 private:
  struct Entry {
    Owner owner = nullptr;
    bool is_critical = false;
    std::function<Condition()> probe;  // empty: told
    Condition told;
    Status last = Status::healthy;
    WallTime since;
  };
  using Entries = std::map<std::string, std::vector<Entry>, std::less<>>;  // the newest owner last
  Entry& entry_of(std::string name, Owner owner);
  WallTime note(const std::string& name, const Entry& asked) const;  // remembers a probe's answer; since when

  const Clock& clock_;
  mutable std::shared_mutex asking_;  // held while probes are asked
  mutable std::mutex mutex_;          // guards entries_; never held while a probe runs
  mutable Entries entries_;
};

}  // namespace tomada::health

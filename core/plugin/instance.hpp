#pragma once
// Instance: one loaded plugin with its settings and services. Its code stays until the last call is over.
#include "core/base/clock.hpp"
#include "core/base/result.hpp"
#include "core/json/value.hpp"
#include "core/plugin/face.hpp"
#include "core/plugin/flight.hpp"
#include "core/plugin/lane.hpp"
#include "core/plugin/ledger.hpp"
#include "core/plugin/library.hpp"
#include "core/plugin/tables.hpp"
#include <tomada/plugin.h>

#include <atomic>
#include <condition_variable>
#include <list>
#include <memory>
#include <mutex>
#include <string>

namespace tomada::plugin {

struct Ground {  // what every instance stands on
  Workers& workers;
  log::Logger& log;
  metrics::Registry& metrics;
  const Clock& clock;
  std::string host_version;
  std::int64_t started_at_ms = 0;
};

class Instance final {
 public:
  Instance(std::string name, Library library, std::unique_ptr<Services> services, std::shared_ptr<const Ground> ground);
  ~Instance();  // after close()
  Instance(const Instance&) = delete;
  Instance& operator=(const Instance&) = delete;

  [[nodiscard]] Result<void> open();                // the plugin's load() and its tables; errors: tool, with the
                                                    // plugin's sentence; close() is due in any case
  [[nodiscard]] bool close(Milliseconds patience);  // cancels calls, waits, unloads; false: some did not end, and
                                                    // what the plugin still does is ignored from now on

  [[nodiscard]] const std::string& name() const noexcept { return name_; }
  [[nodiscard]] const tomada_plugin& entry() const noexcept { return library_.entry(); }
  [[nodiscard]] const Tables& tables() const noexcept { return tables_; }
  [[nodiscard]] void* handle() const noexcept { return handle_; }
  [[nodiscard]] const Ground& ground() const noexcept { return *ground_; }
  [[nodiscard]] bool is_abandoned() const noexcept { return is_abandoned_.load(); }  // the host below it is gone
  [[nodiscard]] Ledger& ledger() noexcept { return ledger_; }
  [[nodiscard]] Lane& lane() noexcept { return lane_; }

  [[nodiscard]] json::object health() noexcept;  // [any thread]; the shape of Loader::health

  [[nodiscard]] Flight* board(Bridge& bridge, std::shared_ptr<registry::Call> call);  // null: it is closing
  void bury(Flight& flight) noexcept;  // it is over; a tombstone remains for a while

 private:
  [[nodiscard]] static const void* find_service(const tomada_host* host, const char* id) noexcept;
  [[nodiscard]] Result<void> read_tables();
  [[nodiscard]] json::object ask_health();
  void unload() noexcept;

  const std::string name_;
  Library library_;
  std::unique_ptr<Services> services_;
  const std::shared_ptr<const Ground> ground_;
  HostFace face_{};
  Ledger ledger_;
  Lane lane_;  // the plugin's share of the workers
  void* handle_ = nullptr;
  Tables tables_;
  std::atomic<bool> is_abandoned_{false};

  std::mutex mutex_;  // guards the five below
  std::condition_variable quiet_;
  std::list<std::unique_ptr<Flight>> flying_, buried_;
  std::size_t visitors_ = 0;  // health reports that run now
  bool is_closing_ = false;
};

}  // namespace tomada::plugin

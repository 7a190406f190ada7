#pragma once
// A state folder of its own for one test, and what a client needs around it.
#include "core/base/id.hpp"
#include "core/health/health.hpp"
#include "core/log/log.hpp"
#include "core/metrics/metrics.hpp"
#include "core/upstream/options.hpp"

#include <filesystem>
#include <string>

namespace tomada::test {

class Folder final {
 public:
  Folder() : path_{std::filesystem::temp_directory_path() / ("tomada-upstream-" + random_hex(8))} {
    std::filesystem::create_directories(path_);
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  [[nodiscard]] std::string path() const { return path_.string(); }

 private:
  std::filesystem::path path_;
};

// One process's worth of services; several of them on one folder are several processes.
class Process final {
 public:
  Process(const Clock& clock, const std::string& folder)
      : log_{{log::Level::error, folder + "/log"}, clock, metrics},
        health{clock},
        surroundings_{clock, log_, metrics, health, folder} {}
  [[nodiscard]] std::unique_ptr<upstream::Client> client(std::map<std::string, upstream::UpstreamOptions> upstreams) {
    auto made = upstream::make_client(std::move(upstreams), surroundings_);
    if (!made) throw std::runtime_error(made.error().text());
    return std::move(*made);
  }

  metrics::Registry metrics;

 private:
  log::Logger log_;

 public:
  health::Board health;

 private:
  upstream::Surroundings surroundings_;
};

}  // namespace tomada::test

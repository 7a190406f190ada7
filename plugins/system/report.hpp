#pragma once
// Report: a sample as the tool's answer.
#include "sample.hpp"

#include <boost/json/object.hpp>

#include <cstdint>
#include <string>

namespace tomada::system {

struct ServerFacts {
  std::string version;
  std::int64_t started_at_unix_ms = 0;
};

[[nodiscard]] std::string utc_text(std::int64_t unix_ms);  // "2026-10-14T17:46:40.123Z"
[[nodiscard]] boost::json::object report(const Sample& sample, const ServerFacts& server, const std::string& disk_path);
[[nodiscard]] std::string summary(const Sample& sample, const ServerFacts& server);  // the same in two sentences

}  // namespace tomada::system

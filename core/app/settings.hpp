#pragma once
// Settings: the checked configuration plus what the command line decided.
#include "core/base/result.hpp"
#include "core/config/config.hpp"

#include <string>
#include <vector>

namespace tomada::app {

struct Overrides {  // from the command line; empty: not given
  std::string config;
  std::string state;
  std::vector<std::string> plugins;
  std::string log_level;
  std::string listen;
  bool is_insecure = false;
};

struct Settings {
  config::Config config;
  std::string state;
  std::vector<std::string> plugins;
  Overrides given{};  // to settle again with at a reload
};

[[nodiscard]] Result<Settings> settle(const Overrides& overrides);
// Errors: configuration.
[[nodiscard]] Settings settle(const Overrides& overrides, config::Config config);  // with one that was read already

}  // namespace tomada::app

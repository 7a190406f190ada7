#pragma once
// Words: what the command line said, parsed.
#include "core/app/settings.hpp"
#include "core/base/clock.hpp"
#include "core/base/result.hpp"

#include <optional>
#include <string>
#include <vector>

namespace tomada::cli {

enum class Command {
  stdio,
  http,
  tools_list,
  tools_call,
  check,
  plugins_list,
  plugins_new,
  client,
  keys_add,
  keys_list,
  keys_revoke,
  keys_rotate,
  cache_stats,
  cache_clear,
  version
};

struct KeyWords {
  std::string id;    // of the one to revoke or rotate
  std::string name;  // of the new one
  std::string subject, tenant = "default";
  std::vector<std::string> roles;
  std::optional<Milliseconds> expires;
  Milliseconds overlap{86'400'000};
};

struct Words {
  Command command = Command::version;
  app::Overrides overrides;
  std::string name;           // tool, plugin or client
  std::string arguments;      // JSON of tools call
  bool is_json = false;       // --format json
  std::string via = "local";  // client
  KeyWords key{};
  std::string help;  // not empty: print this and leave
};

[[nodiscard]] Result<Words> parse(int count, const char* const* words);  // errors: usage

}  // namespace tomada::cli

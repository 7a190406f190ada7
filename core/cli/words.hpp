#pragma once
// Words: what the command line said, parsed.
#include "core/app/settings.hpp"
#include "core/base/result.hpp"

#include <string>
#include <vector>

namespace tomada::cli {

enum class Command { stdio, http, tools_list, tools_call, check, plugins_list, plugins_new, client, version };

struct Words {
  Command command = Command::version;
  app::Overrides overrides;
  std::string name;           // tool, plugin or client
  std::string arguments;      // JSON of tools call
  bool is_json = false;       // --format json
  std::string via = "local";  // client
  std::string help;           // not empty: print this and leave
};

[[nodiscard]] Result<Words> parse(int count, const char* const* words);  // errors: usage

}  // namespace tomada::cli

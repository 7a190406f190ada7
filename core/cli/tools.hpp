#pragma once
// The tools commands: what an assistant would see, and one call in this process.
#include "core/app/server.hpp"
#include "core/cli/words.hpp"

namespace tomada::cli {

int list_tools(app::Server& server, const Words& words);
int call_tool(app::Server& server, const Words& words);

}  // namespace tomada::cli

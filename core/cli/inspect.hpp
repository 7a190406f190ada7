#pragma once
// The inspecting commands: what is loaded, and what is wrong.
#include "core/app/server.hpp"
#include "core/cli/words.hpp"

namespace tomada::cli {

int list_plugins(app::Server& server, const Words& words);
int check(const Words& words);  // configuration, state folder, plugins, upstreams: every problem, its place, its mend

}  // namespace tomada::cli

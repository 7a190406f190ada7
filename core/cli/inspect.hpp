#pragma once
// Inspection: what is loaded.
#include "core/app/server.hpp"
#include "core/cli/words.hpp"

namespace tomada::cli {

int list_plugins(app::Server& server, const Words& words);

}  // namespace tomada::cli

#pragma once
// Check: every problem of a configuration and of what it leads to, with its place and its mend.
#include "core/cli/words.hpp"

namespace tomada::cli {

int check(const Words& words);
// Reads the file, builds the server without serving, connects to each upstream and calls the self test of each plugin.
// The exit code is that of the worst problem: 2 the configuration, 1 the machine, 4 an upstream.

}  // namespace tomada::cli

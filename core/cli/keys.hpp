#pragma once
// Keys: makes, lists, ends and renews the API keys of a state folder; running servers hear of it within a second.
#include "core/cli/words.hpp"

namespace tomada::cli {

int keep_keys(const Words& words);

}  // namespace tomada::cli

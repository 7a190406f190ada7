#pragma once
// Cache: asks every running server of a state folder what its result cache holds, or to forget it.
#include "core/cli/words.hpp"

namespace tomada::cli {

int tend_cache(const Words& words);

}  // namespace tomada::cli

#pragma once
// The scaffold: a new plugin's folder, complete enough to build, load and call.
#include <string>

namespace tomada::cli {

int scaffold(const std::string& name);  // makes ./NAME; refuses to touch one that exists

}  // namespace tomada::cli

#pragma once
// Completion: what a person who types an argument could mean.
#include <tomada/json.hpp>

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace tomada::sdk {

// typed: so far; chosen: the other arguments' values. The host shows at most 100 of what comes back.
template <class Plugin>
using Completer = std::function<std::vector<std::string>(Plugin&, std::string_view typed, const json::object& chosen)>;
template <class Plugin>
using Completers = std::map<std::string, Completer<Plugin>, std::less<>>;  // by argument

}  // namespace tomada::sdk

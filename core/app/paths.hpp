#pragma once
// Where things lie when nobody says otherwise.
#include "core/base/result.hpp"

#include <string>
#include <vector>

namespace tomada::app {

[[nodiscard]] std::string executable();     // absolute path of the running program
[[nodiscard]] std::string default_state();  // $XDG_STATE_HOME/tomada, ~/.local/state/tomada, or /var/lib/tomada
[[nodiscard]] std::string processes_in(const std::string& state);  // where each has its lock and its control socket
[[nodiscard]] std::string default_plugins();                       // ../lib/tomada/plugins beside the program's folder
[[nodiscard]] std::string default_modules();                       // ../lib/tomada/modules, likewise
[[nodiscard]] std::string absolute(const std::string& path);       // empty stays empty
[[nodiscard]] Result<void> prepare_state(const std::string& folder);
// Creates it 0700. Errors: system, when it cannot be created or written to.

}  // namespace tomada::app

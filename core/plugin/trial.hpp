#pragma once
// Trial: a shared object opened in a child process first. Its static initialisers run inside dlopen, where nobody can
// catch what they throw: without the trial a plugin that throws, crashes or hangs there takes the server with it.
#include "core/base/clock.hpp"
#include "core/base/result.hpp"

#include <string>

namespace tomada::plugin {

[[nodiscard]] Result<void> try_open(const std::string& path, Milliseconds patience);
// Errors: tool: opening it ended the process, with its last words, or took longer than `patience`.
// What the dynamic loader itself refuses is none: Library::open says it.

}  // namespace tomada::plugin

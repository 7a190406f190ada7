#pragma once
// Mistake: what is wrong with a command line, by the word at fault, with the nearest word that is known.
#include "core/base/error.hpp"

#include <CLI/CLI.hpp>

namespace tomada::cli {

[[nodiscard]] Error mistake(const CLI::App& app, int count, const char* const* words, const CLI::ParseError& error);
// Errors: usage. The hint names the nearest command or option, or those that fit, and the help to read.

}  // namespace tomada::cli

#pragma once
// What stays: the settings that a reload cannot change.
#include "core/config/config.hpp"
#include "core/log/log.hpp"

namespace tomada::app {

void name_what_stays(log::Logger& log, const config::Config& was, const config::Config& now);
// A warning for each that differs: it takes effect at the next start.

}  // namespace tomada::app

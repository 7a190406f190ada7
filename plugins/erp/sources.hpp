#pragma once
// Sources: the one that the configuration names.
#include "settings.hpp"
#include "source.hpp"

#include <memory>

namespace tomada::erp {

// Throws std::invalid_argument with the key and its mend.
[[nodiscard]] std::unique_ptr<Source> make_source(const Settings& settings, sdk::Host host);

}  // namespace tomada::erp

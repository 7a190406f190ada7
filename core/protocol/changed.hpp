#pragma once
// Changed: the notifications that tell of changes, alike in both eras but for their _meta.
#include "core/registry/changes.hpp"

#include <string>
#include <string_view>

namespace tomada::protocol {

[[nodiscard]] std::string changed_frame(registry::Changed what, std::string_view uri, std::string_view member = {});
// member: a finished member of params, for example "_meta":{…}; empty: none.

}  // namespace tomada::protocol

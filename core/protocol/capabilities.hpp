#pragma once
// Capabilities: what this server can do, as discover and initialize declare it; computed from what plugins offer now.
#include "core/protocol/revision.hpp"
#include "core/registry/catalogue.hpp"

#include <string>

namespace tomada::protocol {

[[nodiscard]] bool offers_prompts(const registry::Catalogue& catalogue) noexcept;
[[nodiscard]] bool offers_resources(const registry::Catalogue& catalogue) noexcept;  // templates too
[[nodiscard]] bool offers_completions(const registry::Catalogue& catalogue) noexcept;

[[nodiscard]] bool offers_tasks(const registry::Catalogue& catalogue) noexcept;  // a call of a tool may become one

enum class Hearing { nothing, changes };  // whether this client can be told of changes and of what is logged

void write_capabilities(std::string& out, const registry::Catalogue& catalogue, const Revision& revision,
                        Hearing hearing);
// Appends a ServerCapabilities object.

}  // namespace tomada::protocol

#include "core/protocol/revision.hpp"

#include <algorithm>
#include <array>

namespace tomada::protocol {
namespace {

constexpr std::array<Revision, 5> table{{
    // name, era, annotations, batches, structured, icons, any structured value, optional error id, elicitation, by URL,
    // resumption, polling
    {"2026-07-28", Era::modern, true, false, true, true, true, true, true, true, false, false},
    {"2025-11-25", Era::legacy, true, false, true, true, false, true, true, true, true, true},
    {"2025-06-18", Era::legacy, true, false, true, false, false, false, true, false, true, false},
    {"2025-03-26", Era::legacy, true, true, false, false, false, false, false, false, true, false},
    {"2024-11-05", Era::legacy, false, true, false, false, false, false, false, false, false, false},
}};

}  // namespace

std::span<const Revision> revisions() noexcept { return table; }

const Revision* find_revision(std::string_view name) noexcept {
  const auto found = std::find_if(table.begin(), table.end(), [&](const Revision& one) { return one.name == name; });
  return found == table.end() ? nullptr : &*found;
}

const Revision& modern_revision() noexcept { return table[0]; }
const Revision& newest_legacy() noexcept { return table[1]; }
const Revision& headerless_legacy() noexcept { return table[3]; }

bool names_modern(std::string_view version) noexcept { return version >= modern_revision().name; }

}  // namespace tomada::protocol

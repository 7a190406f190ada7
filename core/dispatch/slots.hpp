#pragma once
// Which slot of a Call belongs to which stage.
#include <cstddef>

namespace tomada::dispatch {

inline constexpr std::size_t deadline_slot = 0;
inline constexpr std::size_t cache_slot = 1;

}  // namespace tomada::dispatch

#pragma once
// Hot set: the results that are in use, on disk, so that a start does not begin cold. It belongs to circumstances (the
// configuration, the accounts, the versions): under others it means nothing.
#include "core/base/clock.hpp"
#include "core/cache/result_cache.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace tomada::cache {

inline constexpr std::size_t most_hot_bytes = 8u << 20;

[[nodiscard]] bool save_hot_set(const ResultCache& cache, const std::string& path, std::string_view circumstances,
                                const Clock& clock);
// 0600. false: errno says why; what was there stays.

[[nodiscard]] std::size_t load_hot_set(ResultCache& cache, const std::string& path, std::string_view circumstances,
                                       const Clock& clock);
// How many results were taken; they are as old as they are. What is damaged or of other circumstances is left.

}  // namespace tomada::cache

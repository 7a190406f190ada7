#pragma once
// Entry text: a kept result as JSON, for another run or another process.
#include "core/base/clock.hpp"
#include "core/cache/result_cache.hpp"
#include "core/json/value.hpp"

#include <memory>

namespace tomada::cache {

[[nodiscard]] json::object to_json(const Entry& entry, const Clock& clock);
[[nodiscard]] std::shared_ptr<Entry> entry_from(const json::object& from, const Clock& clock);
// As old as it is; kept_at may lie in the future when clocks differ. Null: it is none.

}  // namespace tomada::cache

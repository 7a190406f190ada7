#pragma once
// Answer: what a plugin pushed, checked and copied into an Outcome.
#include "core/base/result.hpp"
#include "core/plugin/approved.hpp"
#include "core/registry/outcome.hpp"
#include "core/schema/schema.hpp"
#include <tomada/plugin.h>

namespace tomada::plugin {

[[nodiscard]] Result<registry::Outcome> read_answer(const tomada_answer* answer, const schema::Schema* output,
                                                    Approved& approved);
// Errors: tool; the message says what is wrong with the answer, for the operator and the plugin's author.
// Freshness gets source and age only: the clock is the caller's.

}  // namespace tomada::plugin

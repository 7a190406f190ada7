#pragma once
// Form: the fields that a person fills in, in the words of 2025-06-18, which had no lists, titled choices or defaults
// other than yes and no.
#include "core/json/value.hpp"

#include <optional>

namespace tomada::protocol::legacy {

[[nodiscard]] std::optional<json::object> plain_form(const json::object& requested);
// requested: an elicitation's requestedSchema. Titled choices become enum and enumNames, optional lists and defaults
// are left out. Nothing: a list is required, or there are only lists.

}  // namespace tomada::protocol::legacy

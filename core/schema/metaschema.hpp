#pragma once
// The metaschema: what a schema itself must look like, for those who refer to it by its standard URI.
#include "core/json/value.hpp"

namespace tomada::schema {

[[nodiscard]] const json::value& metaschema();

}  // namespace tomada::schema

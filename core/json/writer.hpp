#pragma once
// Writer: values to JSON text; doubles in their shortest form (42.0 as 42.0, 0.1 as 0.1), never Infinity or NaN.
#include "core/json/value.hpp"

#include <string>
#include <string_view>

namespace tomada::json {

void write(std::string& out, const value& from);  // appends; a non-finite number becomes null
void write(std::string& out, const object& from);
void write(std::string& out, const array& from);
void write_string(std::string& out, std::string_view text);  // appends quoted and escaped
[[nodiscard]] std::string text(const value& from);

void write_canonical(std::string& out, const value& from);
// Keys sorted, integral doubles as integers: equal values give equal text. For cache keys and digests.

}  // namespace tomada::json

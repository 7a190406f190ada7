#pragma once
// SHA-256 in hex, for names of files that must not tell an account or a request.
#include <initializer_list>
#include <string>
#include <string_view>

namespace tomada {

[[nodiscard]] std::string digest(std::initializer_list<std::string_view> parts);
// Of the parts with their lengths, so that no two lists of parts collide. 64 digits.

}  // namespace tomada

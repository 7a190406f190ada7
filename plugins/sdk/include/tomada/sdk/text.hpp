#pragma once
// The border between C++ text and the ABI's borrowed text.
#include <tomada/plugin.h>

#include <string>
#include <string_view>

namespace tomada::sdk {

[[nodiscard]] inline tomada_text text(std::string_view from) noexcept { return {from.data(), from.size()}; }
[[nodiscard]] inline std::string_view view(tomada_text from) noexcept {
  return from.size ? std::string_view{from.data, from.size} : std::string_view{};
}
// A tomada_sink whose context is a std::string.
inline void append(void* out, tomada_text bytes) { static_cast<std::string*>(out)->append(view(bytes)); }

}  // namespace tomada::sdk

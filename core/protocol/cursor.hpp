#pragma once
// Cursor: where a list goes on. It names the last entry shown, so entries that come or go in between disturb no page.
#include <optional>
#include <string>
#include <string_view>

namespace tomada::protocol::cursor {

[[nodiscard]] std::string after(std::string_view last_name);
[[nodiscard]] std::optional<std::string> last_name(std::string_view cursor);  // nothing: not one of ours

}  // namespace tomada::protocol::cursor

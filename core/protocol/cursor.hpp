#pragma once
// Cursor: where a list goes on. It names the last entry shown, so entries that come or go in between disturb no page.
#include <optional>
#include <string>
#include <string_view>

namespace tomada::protocol::cursor {

// list: a letter of its own for each list, so that one does not take another's cursors.
[[nodiscard]] std::string after(char list, std::string_view last_key);
[[nodiscard]] std::optional<std::string> last_key(char list, std::string_view cursor);  // nothing: not one of ours

}  // namespace tomada::protocol::cursor

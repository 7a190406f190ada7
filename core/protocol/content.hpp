#pragma once
// Content: a tool's content blocks as an older revision may carry them.
#include "core/json/value.hpp"
#include "core/protocol/revision.hpp"

#include <string>
#include <string_view>

namespace tomada::protocol {

void write_content(std::string& out, std::string_view content_json, const Revision& revision);
// Appends an array. Spliced as it is where the revision knows every block; else audio and links become text.

[[nodiscard]] json::object shaped_block(const json::object& block, const Revision& revision);
[[nodiscard]] bool knows_every_block(std::string_view json, const Revision& revision);
// True: text with content blocks in it needs no shaping.

void write_text_block(std::string& out, std::string_view text);  // [{"type":"text","text":"…"}]

}  // namespace tomada::protocol

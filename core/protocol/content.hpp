#pragma once
// Content: a tool's content blocks as an older revision may carry them.
#include "core/protocol/revision.hpp"

#include <string>
#include <string_view>

namespace tomada::protocol {

void write_content(std::string& out, std::string_view content_json, const Revision& revision);
// Appends an array. Spliced as it is where the revision knows every block; else audio and links become text.

void write_text_block(std::string& out, std::string_view text);  // [{"type":"text","text":"…"}]

}  // namespace tomada::protocol

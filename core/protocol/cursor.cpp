#include "core/protocol/cursor.hpp"

#include "core/base/base64.hpp"
#include "core/base/text.hpp"

namespace tomada::protocol::cursor {
namespace {

constexpr std::string_view tag = "1:";  // a later form gets another tag, so that old cursors are refused, not misread

}  // namespace

std::string after(std::string_view last_name) { return base64::encode_url(text::concat({tag, last_name})); }

std::optional<std::string> last_name(std::string_view cursor) {
  auto decoded = base64::decode_url(cursor);
  if (!decoded || decoded->size() <= tag.size() || !decoded->starts_with(tag)) return std::nullopt;
  decoded->erase(0, tag.size());
  return decoded;
}

}  // namespace tomada::protocol::cursor

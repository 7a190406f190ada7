#include "core/protocol/cursor.hpp"

#include "core/base/base64.hpp"
#include "core/base/text.hpp"

namespace tomada::protocol::cursor {
namespace {

constexpr std::size_t tag_size = 2;  // the list's letter and a colon

}  // namespace

std::string after(char list, std::string_view last_key) {
  return base64::encode_url(text::concat({{&list, 1}, ":", last_key}));
}

std::optional<std::string> last_key(char list, std::string_view cursor) {
  auto decoded = base64::decode_url(cursor);
  if (!decoded || decoded->size() <= tag_size || decoded->front() != list || (*decoded)[1] != ':') return std::nullopt;
  decoded->erase(0, tag_size);
  return decoded;
}

}  // namespace tomada::protocol::cursor

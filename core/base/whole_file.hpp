#pragma once
// Files that are written beside and renamed, so that a reader sees a whole one or none.
#include <string>
#include <string_view>

namespace tomada {

[[nodiscard]] bool write_all(int descriptor, std::string_view bytes);  // false: errno says why; some may be written
[[nodiscard]] std::string read_whole_file(const std::string& path);    // empty: none, or it cannot be read
[[nodiscard]] bool write_whole_file(const std::string& path, std::string_view head, std::string_view body);
// 0600. false: errno says why; what was there stays.

}  // namespace tomada

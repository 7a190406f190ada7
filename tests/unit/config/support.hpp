#pragma once
#include "core/base/id.hpp"
#include "core/config/config.hpp"

#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <string>

namespace tomada::config::test {

inline Config parsed(std::string_view toml) {
  auto found = parse(toml, "tomada.toml");
  if (!found) FAIL(found.error().text());
  return std::move(*found);
}

inline std::string refused(std::string_view toml) {  // the first problem as its reader sees it
  const auto found = parse(toml, "tomada.toml");
  if (found) FAIL("accepted");
  CHECK(found.error().code == ErrorCode::configuration);
  return found.error().text();
}

class File final {  // a file with this text, gone afterwards
 public:
  explicit File(std::string_view text)
      : path_{(std::filesystem::temp_directory_path() / ("tomada-config-" + random_hex(8))).string()} {
    std::ofstream{path_, std::ios::binary} << text;
  }
  ~File() { std::filesystem::remove(path_); }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  [[nodiscard]] const std::string& path() const noexcept { return path_; }
  [[nodiscard]] std::string name() const { return std::filesystem::path{path_}.filename().string(); }

 private:
  std::string path_;
};

}  // namespace tomada::config::test

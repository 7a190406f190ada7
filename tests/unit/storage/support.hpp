#pragma once
// A folder of its own for each test, gone afterwards.
#include "core/base/id.hpp"
#include "core/base/result.hpp"

#include <catch2/catch.hpp>

#include <filesystem>
#include <string>

namespace tomada::storage::test {

class Folder final {
 public:
  Folder() : path_{std::filesystem::temp_directory_path() / ("tomada-storage-" + random_hex(8))} {
    std::filesystem::create_directories(path_);
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  [[nodiscard]] std::string file(const std::string& name) const { return (path_ / name).string(); }
  [[nodiscard]] const std::filesystem::path& path() const noexcept { return path_; }

 private:
  std::filesystem::path path_;
};

template <class T>
[[nodiscard]] bool ok(const Result<T>& result) {  // Catch would have to print an Error
  if (!result) UNSCOPED_INFO(result.error().text());
  return result.has_value();
}

}  // namespace tomada::storage::test

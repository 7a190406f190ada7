#pragma once
// Where public test corpora lie when the machine has them; a test that needs one says SKIPPED without it.
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

namespace tomada::test {

// The path below shared/data, or an empty path after printing why the test is skipped.
inline std::filesystem::path shared(const std::string& name) {
  const std::filesystem::path out = std::filesystem::path{TOMADA_SHARED_DIR} / "data" / name;
  if (std::filesystem::exists(out)) return out;
  std::cout << "SKIPPED: " << out.string() << " is not there\n";
  return {};
}

inline std::string read_file(const std::filesystem::path& path) {
  std::ifstream in{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{in}, {}};
}

}  // namespace tomada::test

#pragma once
// Where public test corpora lie when the machine has them. Where there is no ../shared at all, a test that needs one
// says SKIPPED; one that is missing from it fails under TOMADA_NO_SKIP.
#include <catch2/catch.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

namespace tomada::test {

inline bool must_run() { return std::getenv("TOMADA_NO_SKIP") != nullptr; }  // what CI sets

// The path below shared/data, or an empty path after printing why the test is skipped.
inline std::filesystem::path shared(const std::string& name) {
  const std::filesystem::path out = std::filesystem::path{TOMADA_SHARED_DIR} / "data" / name;
  if (std::filesystem::exists(out)) return out;
  if (must_run() && std::filesystem::exists(TOMADA_SHARED_DIR)) FAIL(out.string() << " is not there");
  std::cout << "SKIPPED: " << out.string() << " is not there\n";
  return {};
}

inline std::string read_file(const std::filesystem::path& path) {
  std::ifstream in{path, std::ios::binary};
  return {std::istreambuf_iterator<char>{in}, {}};
}

}  // namespace tomada::test

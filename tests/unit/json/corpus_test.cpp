#include "core/json/reader.hpp"
#include "core/json/writer.hpp"
#include "tests/support/shared.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <iostream>
#include <memory>

// The public JSON parsing corpus: y_ must be accepted, n_ refused, i_ is up to the parser.
namespace {

namespace fs = std::filesystem;
using namespace tomada;

struct Corpus {
  std::size_t accepted = 0, refused = 0;
  std::vector<std::string> wrong;
};

constexpr json::Limits lenient{.allows_repeated_keys = true};

Result<json::value> read_exact_copy(const std::string& text, const json::Limits& limits) {
  const auto copy = std::make_unique<char[]>(text.size());  // no byte behind it, unlike a string
  std::copy(text.begin(), text.end(), copy.get());
  return json::read({copy.get(), text.size()}, {}, limits);
}

Corpus run(const fs::path& folder, const json::Limits& limits) {
  Corpus out;
  for (const auto& entry : fs::directory_iterator{folder}) {
    const std::string name = entry.path().filename().string();
    if (entry.path().extension() != ".json") continue;
    const auto read = read_exact_copy(test::read_file(entry.path()), limits);
    ++(read ? out.accepted : out.refused);
    if (name.starts_with("y_") ? !read : name.starts_with("n_") && read) out.wrong.push_back(name);
    if (read && json::read(json::text(*read)) != *read) out.wrong.push_back(name + " (written)");
  }
  std::sort(out.wrong.begin(), out.wrong.end());
  return out;
}

}  // namespace

TEST_CASE("the public corpus is accepted and refused as it should be, and what is accepted survives a round trip") {
  const auto folder = test::shared("json-parsing");
  if (folder.empty()) return;
  const Corpus corpus = run(folder, lenient);
  for (const auto& name : corpus.wrong) UNSCOPED_INFO(name);
  std::cout << "JSON corpus: " << corpus.accepted << " accepted, " << corpus.refused << " refused, "
            << corpus.wrong.size() << " wrongly\n";
  CHECK(corpus.wrong.empty());
  CHECK(corpus.accepted > 95);
  CHECK(corpus.refused > 188);
}

TEST_CASE("where every key must be there once, the public corpus is accepted all but for two files") {
  const auto folder = test::shared("json-parsing");
  if (folder.empty()) return;
  CHECK(run(folder, {}).wrong ==
        std::vector<std::string>{"y_object_duplicated_key.json", "y_object_duplicated_key_and_value.json"});
}

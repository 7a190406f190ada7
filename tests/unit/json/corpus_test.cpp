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

Result<json::value> read_exact_copy(const std::string& text) {
  const auto copy = std::make_unique<char[]>(text.size());  // no byte behind it, unlike a string
  std::copy(text.begin(), text.end(), copy.get());
  return json::read({copy.get(), text.size()});
}

Corpus run(const fs::path& folder) {
  Corpus out;
  for (const auto& entry : fs::directory_iterator{folder}) {
    const std::string name = entry.path().filename().string();
    if (entry.path().extension() != ".json") continue;
    const auto read = read_exact_copy(test::read_file(entry.path()));
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
  const Corpus corpus = run(folder);
  for (const auto& name : corpus.wrong) UNSCOPED_INFO(name);
  std::cout << "JSON corpus: " << corpus.accepted << " accepted, " << corpus.refused << " refused, "
            << corpus.wrong.size() << " wrongly\n";
  // RFC 8259 lets a parser accept duplicate keys; this reader refuses them on purpose.
  CHECK(corpus.wrong ==
        std::vector<std::string>{"y_object_duplicated_key.json", "y_object_duplicated_key_and_value.json"});
  CHECK(corpus.accepted > 90);
  CHECK(corpus.refused > 180);
}

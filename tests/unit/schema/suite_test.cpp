#include "core/json/reader.hpp"
#include "core/json/writer.hpp"
#include "core/schema/schema.hpp"
#include "tests/support/shared.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <iostream>
#include <set>
#include <string>
#include <vector>

// The official JSON Schema test suite, draft 2020-12.
namespace {

using namespace tomada;
namespace fs = std::filesystem;

json::value parse(const fs::path& file) { return json::read(test::read_file(file)).value(); }

std::vector<fs::path> json_files(const fs::path& folder) {
  std::vector<fs::path> out;
  for (const auto& entry : fs::directory_iterator{folder}) {
    if (entry.path().extension() == ".json") out.push_back(entry.path());
  }
  std::sort(out.begin(), out.end());
  return out;
}

// What the suite expects to be served at localhost:1234.
schema::Options remotes(const fs::path& suite) {
  schema::Options out;
  const fs::path root = suite / "remotes";
  for (const auto& entry : fs::recursive_directory_iterator{root / "draft2020-12"}) {
    if (entry.path().extension() != ".json") continue;
    const auto uri = "http://localhost:1234/" + fs::relative(entry.path(), root).string();
    out.documents.push_back({uri, parse(entry.path())});
  }
  return out;
}

struct Tally {
  std::size_t passed = 0;
  std::vector<std::string> failed;
};

void run_group(const std::string& file, const json::object& group, const schema::Options& options, Tally& tally) {
  const std::string title = file + ": " + std::string{json::view(*json::find_string(group, "description"))};
  const auto compiled = schema::Schema::compile(*json::find(group, "schema"), options);
  for (const auto& test : json::find(group, "tests")->as_array()) {
    const auto& one = test.as_object();
    const auto& instance = *json::find(one, "data");
    const bool is_valid = json::find(one, "valid")->as_bool();
    const bool agrees =
        compiled && compiled->accepts(instance) == is_valid && compiled->violations(instance).empty() == is_valid;
    if (agrees) {
      ++tally.passed;
    } else {
      tally.failed.push_back(title + ": " + std::string{json::view(*json::find_string(one, "description"))} +
                             (compiled ? "" : ": " + compiled.error().text()));
    }
  }
}

Tally run_folder(const fs::path& folder, const schema::Options& options, const std::set<std::string>& only = {}) {
  Tally out;
  for (const auto& file : json_files(folder)) {
    const std::string name = file.stem().string();
    if (!only.empty() && !only.contains(name)) continue;
    const auto groups = parse(file);
    for (const auto& group : groups.as_array()) run_group(name, group.as_object(), options, out);
  }
  return out;
}

void print(const std::string& what, const Tally& tally) {
  std::cout << what << ": " << tally.passed << " passed, " << tally.failed.size() << " failed\n";
  for (const auto& failed : tally.failed) std::cout << "  " << failed << "\n";
}

}  // namespace

TEST_CASE("every required test of the official JSON Schema 2020-12 suite passes") {
  const auto suite = test::shared("json-schema");
  if (suite.empty()) return;
  const Tally tally = run_folder(suite / "draft2020-12", remotes(suite));
  print("JSON Schema 2020-12, required", tally);
  CHECK(tally.failed.empty());
  CHECK(tally.passed == 1299);
}

TEST_CASE("the optional tests pass, except those for older drafts and for the keyword they had") {
  const auto suite = test::shared("json-schema");
  if (suite.empty()) return;
  const Tally tally = run_folder(suite / "draft2020-12" / "optional", remotes(suite));
  print("JSON Schema 2020-12, optional", tally);
  for (const auto& failed : tally.failed) {
    CHECK((failed.starts_with("cross-draft: ") || failed.starts_with("dependencies-compatibility: ")));
  }
}

TEST_CASE("dates, times, e-mail addresses and URIs are checked when formats are asserted") {
  const auto suite = test::shared("json-schema");
  if (suite.empty()) return;
  schema::Options options;
  options.asserts_format = true;
  const Tally tally = run_folder(suite / "draft2020-12" / "optional" / "format", options,
                                 {"date", "date-time", "email", "uri", "ipv4", "ipv6"});
  print("JSON Schema 2020-12, asserted formats", tally);
  CHECK(tally.failed.empty());
}

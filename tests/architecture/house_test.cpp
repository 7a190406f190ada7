// What every file of the house obeys, and what the README promises.
#include "source_tree.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <regex>
#include <set>
#include <sstream>

namespace tomada::architecture {
namespace {

constexpr std::size_t most_lines = 300;
const std::set<std::string> longer_on_purpose{};  // path, with the reason beside it

std::set<std::string> make_targets() {
  static const std::regex rule{R"(^([a-z][a-z -]*):(?!=).*)"};
  std::set<std::string> found;
  for (const auto& line : lines_of(read_file("Makefile"))) {
    std::smatch match;
    if (!std::regex_match(line, match, rule)) continue;
    std::istringstream names{match[1]};
    for (std::string name; names >> name;) found.insert(name);
  }
  return found;
}

std::vector<std::string> all_matches(const std::string& text, const std::regex& pattern) {
  std::vector<std::string> found;
  for (auto match = std::sregex_iterator{text.begin(), text.end(), pattern}; match != std::sregex_iterator{}; ++match) {
    found.push_back((*match)[1]);
  }
  return found;
}

}  // namespace

TEST_CASE("no source file is longer than 300 lines") {
  for (const auto& file : source_files()) {
    const auto lines = std::count(file.text.begin(), file.text.end(), '\n');
    if (longer_on_purpose.contains(file.path)) continue;
    INFO(file.path << " has " << lines << " lines; one file is one idea: split it");
    CHECK(static_cast<std::size_t>(lines) <= most_lines);
  }
}

TEST_CASE("nothing is left to do now") {
  const std::string mark = std::string{"TODO("} + "now)";
  static const std::regex unknown{R"(TODO(?!\((perf|security|someday|now)\): \S))"};
  for (const auto& file : source_files()) {
    if (file.path.starts_with("tests/architecture/")) continue;
    INFO(file.path);
    CHECK(file.text.find(mark) == std::string::npos);
    CHECK_FALSE(std::regex_search(file.text, unknown));
  }
}

TEST_CASE("headers are guarded, and own header comes first") {
  for (const auto& file : source_files()) {
    INFO(file.path);
    if (file.path.ends_with(".hpp")) CHECK(file.text.find("#pragma once") != std::string::npos);
    if (!file.path.ends_with(".cpp")) continue;
    const std::string name = file.path.substr(file.path.rfind('/') + 1);
    const std::string header = name.substr(0, name.size() - 4) + ".hpp";
    if (!exists(file.path.substr(0, file.path.rfind('/') + 1) + header)) continue;
    const auto includes = includes_of(file.text);
    REQUIRE_FALSE(includes.empty());
    CHECK(includes.front().target.ends_with(header));
  }
}

TEST_CASE("every make command of the documentation exists") {
  const auto targets = make_targets();
  for (const char* page : {"README.md", "README.pt-BR.md", "CONTRIBUTING.md", "tests/README.md"}) {
    for (const auto& verb : all_matches(read_file(page), std::regex{R"(\bmake ([a-z][a-z-]+)\b(?= *[`\n#&]))"})) {
      INFO(page << " says make " << verb);
      CHECK(targets.contains(verb));
    }
  }
  for (const char* verb : {"build", "run", "test", "proof", "bench", "asan", "tsan", "coverage", "format", "lint"}) {
    INFO("make " << verb);
    CHECK(targets.contains(verb));
  }
}

TEST_CASE("the plugin that the README shows is the one that is built and tested") {
  const auto plugin = read_file("examples/01_hello/hello.cpp");
  CHECK(read_file("README.md").find(plugin) != std::string::npos);
  CHECK(read_file("README.pt-BR.md").find(plugin) != std::string::npos);
}

TEST_CASE("every link of the documentation leads to a file of the repository") {
  for (const char* page :
       {"README.md", "README.pt-BR.md", "CONTRIBUTING.md", "CHANGELOG.md", "core/README.md", "tests/README.md"}) {
    const std::string text = read_file(page);
    const std::string folder = std::string{page}.substr(0, std::string{page}.rfind('/') + 1);
    for (const auto& link : all_matches(text, std::regex{R"(\]\(([^)#:]+)[^)]*\))"})) {
      INFO(page << " links to " << link);
      CHECK((exists(folder == page ? link : folder + link) || exists(link)));
    }
  }
}

}  // namespace tomada::architecture

// Includes run with the grain: the table in core/README.md for core and transports, the contract alone for plugins.
#include "layer_table.hpp"
#include "source_tree.hpp"

#include <catch2/catch.hpp>

#include <regex>
#include <sstream>

namespace tomada::architecture {
namespace {

constexpr auto simulator = "examples/omie-simulator/";  // a program of its own, no plugin

bool is_cpp(const std::string& path) { return ends_with_any(path, {".cpp", ".hpp", ".h", ".c"}); }

std::string folder_of(const std::string& path) { return path.substr(0, path.rfind('/') + 1); }

std::string place(const SourceFile& file, const Include& include) {
  return file.path + ":" + std::to_string(include.line) + " includes " + include.target;
}

// A quoted name without a folder, or with the file's own folder in front.
bool is_own(const SourceFile& file, const std::string& target, const std::string& home) {
  return target.starts_with(home) || exists(folder_of(file.path) + target) || exists(home + target);
}

// A name that this test could not follow: one that climbs out of its folder, or one that a macro stands for.
bool is_hidden(const Include& include) {
  return include.target.empty() || include.target.find("..") != std::string::npos;
}

// The root of the repository is on the include path, so brackets lead into the house as quotes do.
bool is_of_the_house(const std::string& target) {
  static const std::regex house{"^(core|transports|schemas|plugins|tests|examples)/.*"};
  return std::regex_match(target, house);
}

std::vector<std::string> core_faults(const LayerTable& table, const SourceFile& file) {
  std::vector<std::string> faults;
  const std::string layer = layer_of(file.path).value_or("");
  for (const auto& include : includes_of(file.text)) {
    if (is_hidden(include)) {
      faults.push_back(place(file, include));
      continue;
    }
    if (include.target.starts_with("tomada/")) {
      const bool is_contract = include.target.ends_with(".h");
      if (!is_contract || (layer != "plugin" && layer != "services")) faults.push_back(place(file, include));
      continue;
    }
    const bool is_house = is_of_the_house(include.target);
    if (!is_house && (!include.is_quoted || exists(folder_of(file.path) + include.target))) continue;
    const auto other = layer_of(include.target);
    if (!other || !table.may_include(layer, *other)) faults.push_back(place(file, include));
  }
  return faults;
}

std::vector<std::string> plugin_faults(const SourceFile& file, const std::string& home) {
  std::vector<std::string> faults;
  for (const auto& include : includes_of(file.text)) {
    const bool is_generated =
        include.target.ends_with("_definitions.hpp") && include.target.find('/') == std::string::npos;
    const bool is_known = is_own(file, include.target, home) || is_generated;
    const bool is_foreign = include.is_quoted || is_of_the_house(include.target);
    if (is_hidden(include) || (!is_known && is_foreign)) faults.push_back(place(file, include));
  }
  return faults;
}

// May the library of `folder` link the target of this name? Others than the house's own are no folders.
bool may_link(const LayerTable& table, const std::string& folder, const std::string& target) {
  constexpr std::string_view ours = "tomada_";
  if (!target.starts_with(ours)) return true;
  const std::string name = target.substr(ours.size());
  if (name == "abi") return folder == "plugin" || folder == "services";
  if (name == "embedded_schemas") return table.may_include(folder, "schemas");
  return table.may_include(folder, name) || table.may_include(folder, "transports/" + name);
}

// Of each tomada_library(…) in `build`; the folders of `home` ("" or "transports/") are counted into `libraries`.
std::vector<std::string> link_faults(const LayerTable& table, const std::string& build, const std::string& home,
                                     int& libraries) {
  static const std::regex library{R"(tomada_library\((\w+)([^)]*)\))"};
  std::vector<std::string> faults;
  const auto end = std::sregex_iterator{};
  for (auto match = std::sregex_iterator{build.begin(), build.end(), library}; match != end; ++match) {
    const std::string folder = home + (*match)[1].str();
    if (!table.knows(folder)) {
      faults.push_back(folder + " is in no line of the table");
      continue;
    }
    ++libraries;
    std::istringstream words{(*match)[2].str()};
    bool are_folders = false;  // DEPENDS names folders, LINK targets
    for (std::string word; words >> word;) {
      const bool is_keyword = word == "DEPENDS" || word == "LINK" || word == "FOLDER";
      if (is_keyword) are_folders = word == "DEPENDS";
      const std::string target = are_folders ? std::string{"tomada_"}.append(word) : word;
      if (is_keyword || may_link(table, folder, target)) continue;
      faults.push_back(std::string{folder}.append(" links ").append(word));
    }
  }
  return faults;
}

std::string report(const std::vector<std::string>& faults) {
  std::string text;
  for (const auto& fault : faults) text += "\n  " + fault;
  return text;
}

}  // namespace

TEST_CASE("core and transports include only what their line of the table names") {
  const LayerTable table{read_file("core/README.md")};
  std::vector<std::string> faults;
  std::size_t files = 0;
  for (const auto& file : source_files()) {
    if (!is_cpp(file.path) || !(file.path.starts_with("core/") || file.path.starts_with("transports/"))) continue;
    ++files;
    for (auto& fault : core_faults(table, file)) faults.push_back(std::move(fault));
  }
  INFO("against the grain:" << report(faults));
  CHECK(faults.empty());
  CHECK(files > 50);
}

TEST_CASE("plugins include the SDK and their own folder, nothing else of the house") {
  std::vector<std::string> faults;
  for (const auto& file : source_files()) {
    if (!is_cpp(file.path) || !file.path.starts_with("plugins/")) continue;
    const std::string home = file.path.substr(0, file.path.find('/', 8) + 1);
    for (auto& fault : plugin_faults(file, home)) faults.push_back(std::move(fault));
  }
  INFO("against the contract:" << report(faults));
  CHECK(faults.empty());
}

TEST_CASE("examples show what an author outside can write: the SDK and their own folder") {
  std::vector<std::string> faults;
  for (const auto& file : source_files()) {
    if (!is_cpp(file.path) || !file.path.starts_with("examples/") || file.path.starts_with(simulator)) continue;
    const std::string home = file.path.substr(0, file.path.find('/', 9) + 1);
    for (auto& fault : plugin_faults(file, home)) faults.push_back(std::move(fault));
  }
  INFO("against the contract:" << report(faults));
  CHECK(faults.empty());
}

TEST_CASE("the Omie simulator shares no code with the connector it tests") {
  std::size_t files = 0;
  for (const auto& file : source_files()) {
    const bool joins_both = file.path.ends_with("_test.cpp");
    if (!is_cpp(file.path) || !file.path.starts_with(simulator) || joins_both) continue;
    ++files;
    for (const auto& include : includes_of(file.text)) {
      INFO(place(file, include));
      CHECK_FALSE(include.target.starts_with("plugins/"));
      CHECK_FALSE(include.target.starts_with("tomada/"));
    }
  }
  CHECK(files > 3);
}

TEST_CASE("every folder of core has its line in the table") {
  const LayerTable table{read_file("core/README.md")};
  for (const auto& folder : folders_in("core")) {
    if (folder == "decisions") continue;
    INFO("core/" << folder);
    CHECK(table.knows(folder));
  }
}

TEST_CASE("the build links no folder that the table does not allow") {
  const LayerTable table{read_file("core/README.md")};
  int libraries = 0;
  auto faults = link_faults(table, read_file("core/CMakeLists.txt"), "", libraries);
  CHECK(libraries > 15);
  for (auto& fault : link_faults(table, read_file("transports/CMakeLists.txt"), "transports/", libraries)) {
    faults.push_back(std::move(fault));
  }
  CHECK(libraries > 17);
  INFO("against the table:" << report(faults));
  CHECK(faults.empty());
}

TEST_CASE("a library that links against the grain is found") {
  const LayerTable table{
      "| folder | what | may include |\n|---|---|---|\n| log | lines | metrics |\n| plugin | code | log schemas |\n"
      "| transports/http | bytes | log |\n"};
  const auto faults = [&](const std::string& build, const std::string& home = "") {
    int libraries = 0;
    return link_faults(table, build, home, libraries).size();
  };
  CHECK(faults("tomada_library(log DEPENDS base json metrics LINK spdlog::spdlog)") == 0);
  CHECK(faults("tomada_library(plugin DEPENDS log\n LINK tomada_abi ${CMAKE_DL_LIBS} tomada_embedded_schemas)") == 0);
  CHECK(faults("tomada_library(log DEPENDS base cache)") == 1);
  CHECK(faults("tomada_library(log LINK spdlog::spdlog tomada_cache)") == 1);
  CHECK(faults("tomada_library(log LINK tomada_abi tomada_embedded_schemas)") == 2);
  CHECK(faults("tomada_library(unheard DEPENDS base)") == 1);
  CHECK(faults("tomada_library(http FOLDER ${PROJECT_SOURCE_DIR}/transports/http DEPENDS log)", "transports/") == 0);
  CHECK(faults("tomada_library(http FOLDER x DEPENDS plugin LINK tomada_log)", "transports/") == 1);
}

TEST_CASE("an include against the grain is found") {
  const LayerTable table{
      "| folder | what | may include |\n|---|---|---|\n| log | lines | metrics |\n| app | all | * |\n"};
  const auto faults = [&](const std::string& path, const std::string& text) {
    return core_faults(table, SourceFile{path, text}).size();
  };
  CHECK(faults("core/log/a.cpp", "#include \"core/metrics/metrics.hpp\"\n#include \"core/json/value.hpp\"\n") == 0);
  CHECK(faults("core/log/a.cpp", "#include \"core/cache/result_cache.hpp\"\n") == 1);
  CHECK(faults("core/log/a.cpp", "#include \"transports/http/server.hpp\"\n") == 1);
  CHECK(faults("core/log/a.cpp", "/*\n*/\n#include \"core/cache/result_cache.hpp\"\n") == 1);
  CHECK(faults("core/log/a.cpp", "// #include \"core/cache/result_cache.hpp\"\n") == 0);
  CHECK(faults("core/log/a.cpp", "auto text = R\"(\n#include \"core/cache/result_cache.hpp\"\n)\";\n") == 0);
  CHECK(faults("core/log/a.cpp", "#include <tomada/plugin.h>\n") == 1);
  CHECK(faults("core/plugin/a.cpp", "#include <tomada/plugin.hpp>\n") == 1);
  CHECK(faults("core/unknown/a.cpp", "#include \"core/log/log.hpp\"\n") == 1);
  CHECK(faults("core/app/a.cpp", "#include \"core/anything/log.hpp\"\n") == 0);
  CHECK(faults("core/log/a.cpp", "#include \"../app/server.hpp\"\n") == 1);
  CHECK(faults("core/log/a.cpp", "#include <core/cli/run.hpp>\n") == 1);
  CHECK(faults("core/log/a.cpp", "#include <core/metrics/metrics.hpp>\n#include <vector>\n") == 0);
  CHECK(faults("core/log/a.cpp", "#include SOME_HEADER\n") == 1);
  CHECK(plugin_faults({"plugins/x/a.cpp", "#include \"core/json/value.hpp\"\n"}, "plugins/x/").size() == 1);
  CHECK(plugin_faults({"plugins/system/a.cpp", "#include \"../../core/json/value.hpp\"\n"}, "plugins/system/").size() ==
        1);
  CHECK(plugin_faults({"plugins/x/a.cpp", "#include <core/json/value.hpp>\n"}, "plugins/x/").size() == 1);
  CHECK(plugin_faults({"plugins/x/a.cpp", "#include \"plugins/erp/erp_definitions.hpp\"\n"}, "plugins/x/").size() == 1);
  CHECK(plugin_faults({"plugins/x/a.cpp", "#include \"x_definitions.hpp\"\n"}, "plugins/x/").empty());
  CHECK(plugin_faults({"plugins/x/a.cpp", "#include \"plugins/erp/erp.hpp\"\n"}, "plugins/x/").size() == 1);
  CHECK(plugin_faults({"plugins/x/a.cpp", "#include <tomada/plugin.hpp>\n#include <vector>\n"}, "plugins/x/").empty());
}

}  // namespace tomada::architecture

#include "core/cli/scaffold.hpp"

#include "core/base/result.hpp"
#include "core/base/text.hpp"
#include "core/cli/failure.hpp"
#include "core/config/config.hpp"

#include <cctype>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <utility>
#include <vector>

namespace tomada::cli {
namespace {

namespace fs = std::filesystem;

constexpr const char* build_text = R"(cmake_minimum_required(VERSION 3.25)
project(@name@ LANGUAGES C CXX)
set(CMAKE_CXX_STANDARD 20)
find_package(tomada REQUIRED)
tomada_add_plugin(@name@)
)";

constexpr const char* source_text = R"(#include <tomada/plugin.hpp>

#include "@name@_definitions.hpp"

using namespace tomada::sdk;

class Plugin {
 public:
  explicit Plugin(Host host) : host_{host} {}

  Answer greet(const json::object& arguments, Call&) {
    const std::string text = "Hello, " + json::value_to<std::string>(arguments.at("name")) + "!";
    return {json::object{{"greeting", text}}, text};
  }

 private:
  Host host_;
};

TOMADA_PLUGIN(Plugin, "example.@name@", "0.1.0",
              tool("@name@_greet", definitions::@name@_greet, &Plugin::greet, TOMADA_TOOL_READ_ONLY | TOMADA_TOOL_IDEMPOTENT));
)";

constexpr const char* manifest_text = R"({
  "id": "example.@name@",
  "name": "@name@",
  "version": "0.1.0",
  "description": "What this plugin is for, in one sentence."
}
)";

constexpr const char* definition_text = R"({
  "title": {"en": "Greet", "pt-BR": "Cumprimentar"},
  "description": {"en": "Greets a person by name.", "pt-BR": "Cumprimenta uma pessoa pelo nome."},
  "input": {
    "type": "object",
    "properties": {"name": {"type": "string", "minLength": 1, "maxLength": 100}},
    "required": ["name"],
    "additionalProperties": false
  },
  "output": {"type": "object", "properties": {"greeting": {"type": "string"}}, "required": ["greeting"]}
}
)";

constexpr const char* readme_text = R"(# @name@

Build, then call its tool:

    cmake -S . -B build -DCMAKE_PREFIX_PATH=/path/of/tomada && cmake --build build
    tomada --plugins build/lib/tomada/plugins --config tomada.toml tools call @name@_greet '{"name":"Ana"}'

`tools/*.json` define the tools, `plugin.json` is the manifest, `@name@.cpp` does the work.
)";

constexpr const char* configuration_text = R"([plugin.@name@]
[plugin.erp]
enabled = false
[plugin.system]
enabled = false
[plugin.health]
enabled = false
[plugin.alerts]
enabled = false
)";

std::string filled(std::string text, const std::string& name) {
  constexpr std::string_view mark = "@name@";
  for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark, at + name.size()))
    text.replace(at, mark.size(), name);
  return text;
}

bool is_name(const std::string& name) {
  if (name.empty() || name.size() > 40 || !std::islower(static_cast<unsigned char>(name.front()))) return false;
  for (const char c : name) {
    const auto letter = static_cast<unsigned char>(c);
    if (!std::islower(letter) && !std::isdigit(letter) && c != '_') return false;
  }
  return true;
}

}  // namespace

int scaffold(const std::string& name) {
  if (!is_name(name)) {
    return fail(failure(ErrorCode::usage, "\"" + name + "\" is no plugin name", "plugins new",
                        "use lower-case letters, digits and _"));
  }
  if (config::defaults().plugins.contains(name)) {
    return fail(failure(ErrorCode::usage, "\"" + name + "\" is the name of a plugin that comes with the server",
                        "plugins new", "choose another name, for example my_" + name));
  }
  std::error_code error;
  if (fs::exists(name, error))
    return fail(failure(ErrorCode::usage, "there is already something called " + name, name, "choose another name"));
  fs::create_directories(fs::path{name} / "tools", error);
  const std::vector<std::pair<std::string, const char*>> files{
      {"CMakeLists.txt", build_text},      {name + ".cpp", source_text},
      {"plugin.json", manifest_text},      {"README.md", readme_text},
      {"tomada.toml", configuration_text}, {"tools/" + name + "_greet.json", definition_text}};
  for (const auto& [file, text] : files) {
    std::ofstream out{fs::path{name} / file};
    out << filled(text, name);
    if (!out.flush()) return fail(failure(ErrorCode::system, text::concat({"cannot write ", name, "/", file}), name));
  }
  std::printf("%s/ is ready: see %s/README.md\n", name.c_str(), name.c_str());
  return exit_ok;
}

}  // namespace tomada::cli

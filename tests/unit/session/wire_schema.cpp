#include "tests/unit/session/wire_schema.hpp"

#include "core/base/text.hpp"
#include "core/json/reader.hpp"
#include "core/schema/schema.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

namespace tomada::test {
namespace {

std::string path_of(std::string_view revision) {
  return text::concat({TOMADA_SHARED_DIR, "/reference/mcp/", revision, "/schema.json"});
}

json::value read_schema(std::string_view revision) {
  std::ifstream file{path_of(revision)};
  const std::string all{std::istreambuf_iterator<char>{file}, {}};
  return json::read(all).value();
}

schema::Schema compile(std::string_view revision, std::string_view type) {
  auto document = read_schema(revision).as_object();
  document.erase("$schema");  // the older ones are written for draft-07 in words that both drafts share
  const std::string_view home = document.contains("$defs") ? "#/$defs/" : "#/definitions/";
  document["$ref"] = text::concat({home, type});
  return schema::Schema::compile(document).value();
}

}  // namespace

bool has_wire_schema(std::string_view revision) { return std::filesystem::exists(path_of(revision)); }

std::string wire_violations(std::string_view revision, std::string_view type, const json::value& instance) {
  static std::map<std::string, schema::Schema> known;
  const auto key = text::concat({revision, "/", type});
  auto found = known.find(key);
  if (found == known.end()) found = known.emplace(key, compile(revision, type)).first;
  std::string out;
  for (const auto& violation : found->second.violations(instance)) out.append(violation.text()).append("; ");
  return out;
}

}  // namespace tomada::test

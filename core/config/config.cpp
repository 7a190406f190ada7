// The way of a configuration: TOML text → document with lines → ${…} replaced → checked against the embedded schema →
// values. Each step reports what it finds and hands on what is sound, so that `tomada check` can tell everything at
// once.
#include "core/config/config.hpp"

#include "core/base/text.hpp"
#include "core/config/expand.hpp"
#include "core/config/read.hpp"
#include "core/config/shape.hpp"

#include <algorithm>
#include <cstdlib>

namespace tomada::config {
namespace {

int line_of(const Error& problem) {
  const auto colon = problem.where.rfind(':');
  return colon == std::string::npos ? 0 : std::atoi(problem.where.c_str() + colon + 1);
}

Reading examine(std::string_view toml, std::string_view source) {
  Reading out;
  auto document = read_toml(toml, source);
  if (!document) {
    out.problems.push_back(document.error());
    return out;
  }
  std::vector<std::string> secrets;
  std::set<std::string> variables;
  expand(*document, secrets, variables, out.problems);
  check_shape(*document, out.problems);
  out.config = read(*document, out.problems);
  out.config.secrets = std::move(secrets);
  out.config.variables = std::move(variables);
  out.config.lines = std::move(document->lines);
  const auto is_earlier = [](const Error& a, const Error& b) { return line_of(a) < line_of(b); };
  std::stable_sort(out.problems.begin(), out.problems.end(), is_earlier);
  return out;
}

Result<std::string> read_configuration(const std::string& path) {
  auto text = read_file(path);
  if (text) return text;
  return failure(ErrorCode::configuration,
                 text::concat({"the configuration file cannot be read: ", text.error().message}), path,
                 "mend the path after --config, or leave it out to run with the defaults");
}

}  // namespace

Result<Config> parse(std::string_view toml, std::string_view source) {
  auto outcome = examine(toml, source);
  if (!outcome.problems.empty()) return outcome.problems.front();
  return std::move(outcome.config);
}

Result<Config> load(const std::string& path) {
  const auto text = read_configuration(path);
  if (!text) return text.error();
  return parse(*text, path);
}

Reading examine(const std::string& path) {
  const auto text = read_configuration(path);
  if (!text) return {{}, {text.error()}};
  return examine(*text, path);
}

std::string Config::where(std::string_view pointer) const {
  const auto found = lines.find(pointer);
  if (found == lines.end()) return source;
  return text::concat({source, ":", std::to_string(found->second)});
}

}  // namespace tomada::config

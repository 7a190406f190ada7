#include "core/plugin/manifest.hpp"

#include "core/base/text.hpp"
#include "core/json/reader.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>

namespace tomada::plugin {
namespace {

std::string required_text(const json::object& from, std::string_view name) {
  const auto* found = json::find_string(from, name);
  return found ? std::string{json::view(*found)} : std::string{};
}

std::optional<Probe> read_probe(const json::object& from) {
  const auto* probe = json::find_object(from, "probe");
  if (!probe) return std::nullopt;
  const auto* arguments = json::find_object(*probe, "arguments");
  return Probe{required_text(*probe, "tool"), arguments ? *arguments : json::object{}};
}

Result<json::value> read_file(const std::string& path) {
  std::ifstream file{path, std::ios::binary};
  if (!file) {
    return failure(ErrorCode::tool, "its manifest is missing: " + path, {},
                   "put the plugin's plugin.json beside it under this name");
  }
  const std::string text{std::istreambuf_iterator<char>{file}, {}};
  auto value = json::read(text);
  if (value) return value;
  return failure(ErrorCode::tool, "its manifest is not JSON: " + value.error().text(), {}, "mend " + path);
}

std::vector<std::string> known_keys(const Manifest& manifest) {
  std::vector<std::string> names;
  if (const auto* properties = json::find_object(manifest.config_schema, "properties")) {
    for (const auto& property : *properties) names.emplace_back(property.key());
  }
  return names;
}

std::string known_keys_hint(std::string_view key, const std::vector<std::string>& known) {
  if (known.empty()) return "this plugin takes no settings";
  const auto nearest = text::nearest(key, known);
  if (!nearest.empty()) return "did you mean \"" + nearest + "\"?";
  return "it knows: " + text::join(known, ", ");
}

bool takes_unknown_keys(const Manifest& manifest) {
  const auto* rule = json::find(manifest.config_schema, "additionalProperties");
  return !manifest.config_schema.empty() && !(rule && rule->is_bool() && !rule->get_bool());
}

Error settings_error(const InstanceRequest& request, std::string_view message, std::string hint) {
  return failure(ErrorCode::configuration, text::concat({"[plugin.", request.instance, "] ", message}), request.where,
                 std::move(hint));
}

}  // namespace

std::string summary(const std::vector<schema::Violation>& violations) {
  std::string out;
  for (const auto& violation : violations) {
    if (!out.empty()) out += "; ";
    out += violation.text();
  }
  return out;
}

Result<Manifest> read_manifest(const std::string& path, const schema::Schema& rules) {
  const auto value = read_file(path);
  if (!value) return value.error();
  if (!rules.accepts(*value)) {
    return failure(ErrorCode::tool, "its manifest is wrong: " + summary(rules.violations(*value, 3)), {},
                   "mend " + path + " as schemas/manifest/plugin.json has it");
  }
  const auto& object = value->get_object();
  Manifest out{required_text(object, "id"),
               required_text(object, "name"),
               required_text(object, "version"),
               required_text(object, "description"),
               {},
               {},
               read_probe(object)};
  if (const auto* config = json::find_object(object, "config")) out.config_schema = *config;
  if (const auto* services = json::find(object, "services")) {
    for (const auto& service : services->get_array()) out.services.emplace_back(json::view(service.get_string()));
  }
  return out;
}

Result<void> check_settings(const InstanceRequest& request, const Manifest& manifest) {
  const auto known = known_keys(manifest);
  for (const auto& setting : request.settings) {
    const std::string key{setting.key()};
    const bool is_known = std::find(known.begin(), known.end(), key) != known.end();
    if (is_known || takes_unknown_keys(manifest)) continue;
    return settings_error(request, "has an unknown key \"" + key + "\"", known_keys_hint(key, known));
  }
  if (manifest.config_schema.empty()) return {};
  const auto rules = schema::Schema::compile(manifest.config_schema);
  if (!rules) {
    return failure(ErrorCode::tool, "its manifest's config is no JSON Schema: " + rules.error().text(), {},
                   "mend the plugin's manifest");
  }
  const json::value settings = request.settings;
  if (rules->accepts(settings)) return {};
  return settings_error(request, "is wrong: " + summary(rules->violations(settings, 3)),
                        "the manifest of \"" + request.use + "\" says what each key takes");
}

void fill_defaults(json::object& settings, const Manifest& manifest) {
  const auto* properties = json::find_object(manifest.config_schema, "properties");
  if (!properties) return;
  for (const auto& [name, rules] : *properties) {
    const auto* object = rules.if_object();
    const auto* value = object ? json::find(*object, "default") : nullptr;
    if (value && !settings.contains(name)) settings[name] = *value;
  }
}

std::vector<std::string> secrets_in(const json::object& settings, const Manifest& manifest) {
  std::vector<std::string> out;
  const auto* properties = json::find_object(manifest.config_schema, "properties");
  if (!properties) return out;
  for (const auto& [name, rules] : *properties) {
    const auto* object = rules.if_object();
    const auto* mark = object ? json::find(*object, "writeOnly") : nullptr;
    const auto* value = json::find_string(settings, json::view(name));
    if (mark && mark->is_bool() && mark->get_bool() && value) out.emplace_back(json::view(*value));
  }
  return out;
}

}  // namespace tomada::plugin

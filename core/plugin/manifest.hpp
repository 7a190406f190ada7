#pragma once
// Manifest and settings: what is checked before any code of a plugin is loaded.
#include "core/base/result.hpp"
#include "core/plugin/loader.hpp"
#include "core/schema/schema.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace tomada::plugin {

[[nodiscard]] Result<Manifest> read_manifest(const std::string& path, const schema::Schema& rules);
// Errors: tool (no such file, not JSON, or against schemas/manifest/plugin.json, with the JSON pointer).

[[nodiscard]] Result<void> check_settings(const InstanceRequest& request, const Manifest& manifest);
// Errors: configuration; where = the request's, the message names the key, the hint the nearest known one.

void fill_defaults(json::object& settings, const Manifest& manifest);
// A setting that is absent gets the "default" of the manifest's schema, when there is one.

[[nodiscard]] std::vector<std::string> secrets_in(const json::object& settings, const Manifest& manifest);
// The values of the settings that the manifest marks "writeOnly": they are shown nowhere, also when written as they
// are.

[[nodiscard]] std::string summary(const std::vector<schema::Violation>& violations);

}  // namespace tomada::plugin

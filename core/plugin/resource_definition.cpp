#include "core/plugin/resource_definition.hpp"

#include "core/base/text.hpp"
#include "core/json/writer.hpp"
#include "core/plugin/definition.hpp"

#include <algorithm>
#include <utility>

namespace tomada::plugin {
namespace {

constexpr std::string_view app_scheme = "ui://", app_type = "text/html;profile=mcp-app";

bool is_scheme_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '+' || c == '.' || c == '-';
}

bool is_uri(std::string_view uri) {
  const auto colon = uri.find(':');
  const auto scheme = uri.substr(0, colon);
  const bool is_visible = std::all_of(uri.begin(), uri.end(), [](char c) { return c > ' ' && c < 127; });
  return colon != std::string_view::npos && !scheme.empty() && is_visible &&
         std::all_of(scheme.begin(), scheme.end(), is_scheme_character);
}

std::string resource_listing(const registry::ResourceDescription& resource, const json::object& definition) {
  json::object out{{resource.uri_template ? "uriTemplate" : "uri", resource.uri}, {"name", resource.name}};
  for (const auto& [key, value] : definition) {
    if (key != "cache" && key != "name") out[key] = value;
  }
  return json::text(out);
}

std::optional<registry::CachePolicy> read_policy(const json::object& definition) {
  const auto* cache = json::find_object(definition, "cache");
  if (!cache) return std::nullopt;
  return registry::CachePolicy{Milliseconds{cache->at("ttl_ms").to_number<std::int64_t>()}};
}

registry::ResourceDescription describe_resource(const tomada_resource& resource, std::string_view prefix,
                                                const json::object& from) {
  registry::ResourceDescription out;
  out.kind = registry::TargetKind::resource;
  out.uri = resource.uri;
  out.name = text::concat({prefix, text_of(from, "name")});
  out.title = text_of(from, "title");
  out.description = text_of(from, "description");
  out.annotations = registry::reading_only;
  out.is_serial = resource.flags & TOMADA_TOOL_SERIAL;
  out.runs_inline = resource.flags & TOMADA_TOOL_INLINE;
  out.is_listed = !(resource.flags & TOMADA_RESOURCE_UNLISTED);
  out.is_subscribable = resource.flags & TOMADA_RESOURCE_SUBSCRIBABLE;
  out.cache = read_policy(from);
  return out;
}

}  // namespace

Result<registry::ResourceDescription> read_resource_definition(const tomada_resource& resource, std::string_view prefix,
                                                               std::string_view language, const schema::Schema& rules) {
  const std::string_view uri = resource.uri;
  const Subject of{"resource", uri};
  if (!is_uri(uri)) {
    const auto shown = text::one_line(uri);
    return definition_error({"resource", shown}, "this is no URI", "write SCHEME:REST, escaped");
  }
  const auto read = read_checked(of, resource.definition, language, rules);
  if (!read) return read.error();
  const auto& object = *read;
  if (uri.starts_with(app_scheme) && text_of(object, "mimeType") != app_type) {
    return definition_error(of, text::concat({"the mimeType of a ui:// resource is ", app_type}));
  }
  auto out = describe_resource(resource, prefix, object);
  if (resource.flags & TOMADA_RESOURCE_TEMPLATE) {
    auto parsed = registry::UriTemplate::parse(uri);
    if (!parsed) return definition_error(of, parsed.error().message, parsed.error().hint);
    out.uri_template = std::move(*parsed);
  }
  out.listing = resource_listing(out, object);
  return out;
}

}  // namespace tomada::plugin

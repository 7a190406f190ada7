#pragma once
// Content blocks: what tools and prompts show besides plain text. Older protocol versions get what they can carry.
#include <tomada/json.hpp>

#include <string>
#include <utility>

namespace tomada::sdk {

[[nodiscard]] inline json::object text_block(std::string text) { return {{"type", "text"}, {"text", std::move(text)}}; }

// base64: of the bytes, standard alphabet with padding.
[[nodiscard]] inline json::object image_block(std::string base64, std::string mime_type) {
  return {{"type", "image"}, {"data", std::move(base64)}, {"mimeType", std::move(mime_type)}};
}
[[nodiscard]] inline json::object audio_block(std::string base64, std::string mime_type) {
  return {{"type", "audio"}, {"data", std::move(base64)}, {"mimeType", std::move(mime_type)}};
}
[[nodiscard]] inline json::object link_block(std::string uri, std::string name, const std::string& mime_type = {}) {
  json::object out{{"type", "resource_link"}, {"uri", std::move(uri)}, {"name", std::move(name)}};
  if (!mime_type.empty()) out["mimeType"] = mime_type;
  return out;
}
[[nodiscard]] inline json::object resource_block(std::string uri, std::string mime_type, std::string text) {
  json::object resource{{"uri", std::move(uri)}, {"mimeType", std::move(mime_type)}, {"text", std::move(text)}};
  return {{"type", "resource"}, {"resource", std::move(resource)}};
}

}  // namespace tomada::sdk

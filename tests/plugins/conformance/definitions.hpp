#pragma once
// Definitions: the JSON of tools and prompts, most of which differ in one sentence only.
#include <string>
#include <string_view>

namespace conformance {

inline constexpr std::string_view nothing = R"({"type": "object"})";

inline std::string definition(std::string_view description, std::string_view input = nothing) {
  std::string out = R"({"title": "Conformance", "description": ")";
  out.append(description).append(R"(", "input": )").append(input).append("}");
  return out;
}

inline std::string prompt_definition(std::string_view description, std::string_view arguments = "[]") {
  std::string out = R"({"title": "Conformance", "description": ")";
  out.append(description).append(R"(", "arguments": )").append(arguments).append("}");
  return out;
}

inline std::string resource_definition(std::string_view name, std::string_view mime_type) {
  std::string out = R"({"name": ")";
  out.append(name).append(R"(", "title": "Conformance", "description": "A resource of the conformance suite.", )");
  return out.append(R"("mimeType": ")").append(mime_type).append("\"}");
}

}  // namespace conformance

#include "core/schema/vocabulary.hpp"

namespace tomada::schema {

std::optional<std::string> read_vocabularies(const json::object& declared, Vocabularies& out) {
  constexpr std::string_view prefix = "https://json-schema.org/draft/2020-12/vocab/";
  out = {false, false, false, false};
  for (const auto& member : declared) {
    const std::string_view uri{member.key().data(), member.key().size()};
    const std::string_view name = uri.starts_with(prefix) ? uri.substr(prefix.size()) : std::string_view{};
    if (name == "applicator") {
      out.has_applicator = true;
    } else if (name == "unevaluated") {
      out.has_unevaluated = true;
    } else if (name == "validation") {
      out.has_validation = true;
    } else if (name == "format-assertion") {
      out.asserts_format = true;
    } else if (name != "core" && name != "meta-data" && name != "format-annotation" && name != "content") {
      const bool* is_required = member.value().if_bool();
      if (is_required && *is_required) return std::string{uri};
    }
  }
  return std::nullopt;
}

}  // namespace tomada::schema

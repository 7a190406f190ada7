#pragma once
// Vocabularies: which groups of keywords a dialect gives meaning to.
#include "core/json/value.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace tomada::schema {

struct Vocabularies {
  bool has_applicator = true;
  bool has_unevaluated = true;
  bool has_validation = true;
  bool asserts_format = false;
};

inline constexpr std::string_view dialect_2020_12 = "https://json-schema.org/draft/2020-12/schema";

[[nodiscard]] std::optional<std::string> read_vocabularies(const json::object& declared, Vocabularies& out);
// From a metaschema's "$vocabulary"; answers the first required one that we do not know.

}  // namespace tomada::schema

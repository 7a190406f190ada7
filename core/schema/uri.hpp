#pragma once
// References between schemas: RFC 3986 resolution and percent-decoding.
#include <string>
#include <string_view>

namespace tomada::schema {

struct Reference {
  std::string resource;  // without the fragment
  std::string fragment;  // percent-decoded, without "#"; empty: the resource itself
};

[[nodiscard]] Reference resolve(std::string_view base, std::string_view reference);

}  // namespace tomada::schema

#pragma once
// UriTemplate: RFC 6570 read backwards: which URIs fit, and what their variables are.
#include "core/base/result.hpp"
#include "core/json/value.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tomada::registry {

class UriTemplate final {
 public:
  [[nodiscard]] static Result<UriTemplate> parse(std::string_view text);
  // Takes {name} (one path segment or less), {+name} (slashes too) and, at the end, {?a,b}. Errors: invalid_argument.

  [[nodiscard]] std::optional<json::object> match(std::string_view uri) const;
  // {name: value}, percent-decoded; nothing: the URI does not fit. A query's variables may be absent.

 private:
  struct Part {
    std::string literal;  // before the variable
    std::string name;     // empty: the end
    bool takes_slashes = false;
  };
  std::vector<Part> parts_;
  std::vector<std::string> query_;
};

}  // namespace tomada::registry

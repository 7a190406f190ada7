#include "core/base/error.hpp"

#include <ostream>

namespace tomada {

std::string_view name(ErrorCode code) noexcept {
  switch (code) {
    case ErrorCode::internal:
      return "internal";
    case ErrorCode::usage:
      return "usage";
    case ErrorCode::configuration:
      return "configuration";
    case ErrorCode::unauthorised:
      return "unauthorised";
    case ErrorCode::invalid_argument:
      return "invalid_argument";
    case ErrorCode::not_found:
      return "not_found";
    case ErrorCode::busy:
      return "busy";
    case ErrorCode::timeout:
      return "timeout";
    case ErrorCode::cancelled:
      return "cancelled";
    case ErrorCode::unreachable:
      return "unreachable";
    case ErrorCode::tool:
      return "tool";
    case ErrorCode::system:
      return "system";
  }
  return "internal";
}

std::string Error::text() const {
  std::string out;
  if (!where.empty()) out.append(where).append(": ");
  out.append(message);
  if (!hint.empty()) out.append(" (").append(hint).append(")");
  return out;
}

std::ostream& operator<<(std::ostream& out, const Error& error) { return out << error.text(); }

}  // namespace tomada

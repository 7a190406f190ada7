#include "core/cli/failure.hpp"

#include "core/json/writer.hpp"

#include <cstdio>
#include <string>

namespace tomada::cli {

int exit_code(ErrorCode code) noexcept {
  switch (code) {
    case ErrorCode::configuration:
      return exit_configuration;
    case ErrorCode::unauthorised:
      return exit_unauthorised;
    case ErrorCode::unreachable:
      return exit_unreachable;
    case ErrorCode::tool:
      return exit_tool_error;
    default:
      return exit_unexpected;
  }
}

int fail(const Error& error) {
  std::string line = "{\"error\":{\"code\":";
  json::write_string(line, name(error.code));
  line.append(",\"message\":");
  json::write_string(line, error.message);
  if (!error.where.empty()) {
    line.append(",\"where\":");
    json::write_string(line, error.where);
  }
  if (!error.hint.empty()) {
    line.append(",\"hint\":");
    json::write_string(line, error.hint);
  }
  line.append("}}\n");
  std::fwrite(line.data(), 1, line.size(), stderr);
  return exit_code(error.code);
}

}  // namespace tomada::cli

#pragma once
// What went wrong, where, and what to do next: the one failure type of the project.
#include <iosfwd>
#include <string>
#include <string_view>

namespace tomada {

enum class ErrorCode {
  internal,          // a bug or a lost resource
  usage,             // the command line is wrong
  configuration,     // the configuration says something wrong
  unauthorised,      // the principal may not do this
  invalid_argument,  // the caller's arguments are wrong
  not_found,
  busy,         // a limit is reached; later works
  timeout,      // the deadline has passed
  cancelled,    // the caller gave up
  unreachable,  // an upstream cannot be reached or refuses
  tool,         // a tool answered an error
  system,       // the machine refuses: port, folder, memory
};

[[nodiscard]] std::string_view name(ErrorCode code) noexcept;

struct Error {
  ErrorCode code = ErrorCode::internal;
  std::string message;  // one sentence for its reader: names the thing
  std::string where;    // file:line, configuration key, upstream, argument path; may be empty
  std::string hint;     // the next step; may be empty

  [[nodiscard]] std::string text() const;  // "where: message (hint)"
  friend bool operator==(const Error&, const Error&) = default;
  friend std::ostream& operator<<(std::ostream& out, const Error& error);  // text(), for failed assertions
};

}  // namespace tomada

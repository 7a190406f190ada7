#pragma once
// Rounds: a tool that must ask answers with its questions, and the client calls again with the answers. Nothing is
// remembered in between: the tool's state travels with the client, sealed for this principal, method, tool and
// arguments.
#include "core/auth/seal.hpp"
#include "core/protocol/answer.hpp"
#include "core/registry/outcome.hpp"

#include <optional>
#include <string>
#include <variant>

namespace tomada::protocol {

struct Continuation {
  std::string answers;  // JSON object {key: answer}: only answers to what was asked, of the right shape; empty: none
  std::string state;    // the tool's own
  std::optional<double> told = {};  // the progress it has come to; only for the token that heard of it
};

class Rounds final {
 public:
  explicit Rounds(const auth::Seal& seal) : seal_{seal} {}

  [[nodiscard]] std::variant<Continuation, Problem> resume(const Request& request) const;
  // Reads inputResponses and requestState. Problem: a wrong type, or a state that is not ours for this very request.

  [[nodiscard]] std::variant<std::string, Problem> ask(const Request& request, const registry::Outcome& outcome,
                                                       std::string_view server_info,
                                                       std::optional<double> told = {}) const;
  // The whole answer frame. Problem: the client has not declared the capability to be asked.

 private:
  const auth::Seal& seal_;
};

}  // namespace tomada::protocol

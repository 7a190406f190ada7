#pragma once
// Outcome: how a call ended, neutral to the protocol's era; a value that the cache can keep.
#include "core/base/clock.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace tomada::registry {

enum class OutcomeKind {
  result,          // structured and/or content
  tool_error,      // for the model: message says what to do next
  invalid_params,  // the arguments are wrong: message says which and how; of a template's URI: there is nothing there
  unknown_tool,    // also what a hidden tool, prompt or resource answers
  cancelled,
  needs_input,  // requests + state
  refused,      // a limit or a draining server: message, retry_after
  internal,     // a bug: message is safe to show
};

enum class Origin { live, cache, stale };

struct Freshness {  // disclosed in _meta
  Origin origin = Origin::live;
  std::string source;  // "demo", "omie", …
  Milliseconds age{0};
  std::optional<Milliseconds> refresh_in;  // when a new look is possible, if not now
  std::string as_of;                       // RFC 3339, when the facts were read
  std::optional<WallTime> read_at{};       // the same as an instant
};

struct Outcome {
  OutcomeKind kind = OutcomeKind::internal;
  std::string structured;  // JSON text of structuredContent; empty: none
  std::string content;     // JSON text of the content array; empty: the protocol writes structured as one text block
  std::string meta;        // JSON text of an object with the tool's own _meta members; empty: none
  std::string message;     // for every kind but result
  std::string requests;    // needs_input: JSON object {key: {method, params}}
  std::string state;       // needs_input: opaque
  std::optional<Milliseconds> retry_after;
  bool is_private = false;  // concerns this caller alone (its deadline, its file): never shared with others who wait
                            // for the same answer
  bool is_unreachable = false;       // a tool_error, because an upstream that it asked could not be reached
  bool has_upstream_failed = false;  // a tool_error, because of that, or it did not answer in time, was busy or broken
  Freshness freshness;

  [[nodiscard]] static Outcome tool_error(std::string message) {
    return failed(OutcomeKind::tool_error, std::move(message));
  }
  [[nodiscard]] static Outcome failed(OutcomeKind kind, std::string message) {
    Outcome out;
    out.kind = kind;
    out.message = std::move(message);
    return out;
  }
  [[nodiscard]] std::size_t bytes() const noexcept {
    return structured.size() + content.size() + meta.size() + message.size();
  }
};

}  // namespace tomada::registry

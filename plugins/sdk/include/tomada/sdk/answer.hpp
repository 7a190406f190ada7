#pragma once
// What a tool gives back: an Answer, or one of the exceptions that say who should read the sentence.
#include <tomada/json.hpp>

#include <cstdint>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>

namespace tomada::sdk {

// For the model, in words it can act on: why the tool could not do its work and what to do next.
struct ToolError : std::runtime_error {
  using runtime_error::runtime_error;
};
// For the caller: the arguments satisfy the schema yet make no sense.
struct InvalidParams : std::runtime_error {
  using runtime_error::runtime_error;
};
// Any other exception is a bug: the model reads that the tool failed, the server's log has what().
// Thrown by Call::check() when nobody waits any more; let it pass.
struct Cancelled {};
// Thrown by Call::ask(); let it pass. The tool is entered again with the answers.
struct NeedsInput {
  json::object requests;
  std::string state;
};

struct Answer {
  json::value structured;          // satisfies the tool's output schema
  std::string text;                // the same facts in short text for the model; empty: the host writes structured
  std::string structured_text;     // the facts already written as JSON; used instead of structured when not empty
  json::array content;             // MCP content blocks, used instead of text when not empty
  json::object meta;               // members for the result's _meta
  std::string source;              // where the facts come from: "demo", "omie"
  std::int64_t age_ms = 0;         // how old they were
  std::int64_t refresh_in_ms = 0;  // when a new look at them is possible; 0: now
  std::int64_t read_at_ms = 0;     // Unix time when they were read; counts before age_ms; 0: unsaid
  bool is_copy = false;            // none of them was read for this call
  bool is_private = false;         // for this caller alone: the host does not keep it

  Answer() = default;
  Answer(json::value facts) : structured(std::move(facts)) {}
  Answer(json::object facts) : structured(std::move(facts)) {}
  Answer(json::value facts, std::string words) : structured(std::move(facts)), text(std::move(words)) {}
  Answer(json::object facts, std::string words) : structured(std::move(facts)), text(std::move(words)) {}
};

}  // namespace tomada::sdk

#pragma once
// Tool: what a plugin offers and an assistant calls.
#include "core/base/clock.hpp"
#include "core/json/value.hpp"
#include "core/schema/schema.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

namespace tomada::registry {

class Call;

struct Annotations {
  bool is_read_only = false;
  bool is_destructive = true;
  bool is_idempotent = false;
  bool is_open_world = true;

  friend bool operator==(const Annotations&, const Annotations&) = default;
};

struct CachePolicy {  // only honoured for read-only tools
  Milliseconds time_to_live{0};
  bool is_shared_by_roles = false;  // true: the answer depends on the tenant only, not on the roles
};

struct ToolDescription {
  std::string name;
  std::string plugin;                       // instance name
  std::string version;                      // the plugin's
  std::string title, description;           // in the server's language
  std::string input_schema, output_schema;  // JSON text, byte-faithful; output may be empty
  std::string meta;                         // JSON text of an object: the tool's own _meta in lists; empty: none
  Annotations annotations;
  bool is_serial = false;    // never two calls at once
  bool runs_inline = false;  // never blocks: runs on the I/O thread
  std::optional<CachePolicy> cache;
  std::string account;  // upstream account the answer depends on: part of the cache key
};

class Tool {
 public:
  virtual ~Tool() = default;
  [[nodiscard]] virtual const ToolDescription& description() const noexcept = 0;
  [[nodiscard]] virtual const schema::Schema& input() const noexcept = 0;
  [[nodiscard]] virtual const schema::Schema* output() const noexcept = 0;  // null: none declared
  virtual void start(std::shared_ptr<Call> call) = 0;
  // Does the work, possibly on other threads; call->finish() exactly once, now or later. Never throws.
};

}  // namespace tomada::registry

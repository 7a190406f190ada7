#pragma once
// Revision: one dated version of MCP and what may be said in it. The table is the only place that knows the
// differences.
#include <span>
#include <string_view>

namespace tomada::protocol {

enum class Era { modern, legacy };  // modern: stateless, per-request _meta; legacy: after an initialize handshake

struct Revision {
  std::string_view name;
  Era era;
  bool has_annotations;         // tool annotations, audio blocks, messages in progress, the completions capability
  bool has_batches;             // a JSON array of frames
  bool has_structured_content;  // structuredContent, outputSchema, title, resource links, _meta and annotations inside
                                // types
  bool has_icons;               // icons and descriptions of implementations
  bool has_any_structured_value;  // structuredContent and outputSchema need not be objects
  bool has_optional_error_id;     // an unreadable id is left out of the error; before: null
  bool has_elicitation;           // the server may ask the user with a form
  bool has_url_elicitation;       // or send the user to a page; sampling may offer tools
  bool has_resumption;            // event streams over HTTP have ids and can be taken up again
  bool has_polling;               // and begin with an id alone, so that the server may end them before the answer
};

[[nodiscard]] std::span<const Revision> revisions() noexcept;                 // newest first
[[nodiscard]] const Revision* find_revision(std::string_view name) noexcept;  // null: unknown
[[nodiscard]] const Revision& modern_revision() noexcept;                     // the newest, stateless one
[[nodiscard]] const Revision& newest_legacy() noexcept;      // offered when a client asks for one that we do not know
[[nodiscard]] const Revision& headerless_legacy() noexcept;  // over HTTP without MCP-Protocol-Version
[[nodiscard]] bool names_modern(std::string_view version) noexcept;
// Versions compare as text; whatever sorts at or after 2026-07-28, junk included, belongs to the modern era.

}  // namespace tomada::protocol

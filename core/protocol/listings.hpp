#pragma once
// Listings: how one tool, prompt or resource is shown in its list, per revision; and what the four lists are made of.
#include "core/protocol/revision.hpp"
#include "core/registry/catalogue.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace tomada::protocol {

void write_tool(std::string& out, const registry::ToolDescription& tool, const Revision& revision);

void write_listing(std::string& out, std::string_view listing, const Revision& revision);
// A prompt or resource as its plugin describes it, without what the revision does not know: icons, titles, _meta.

struct ListKind {
  std::string_view member;  // of the result: "tools", "prompts", …
  char cursor;              // the letter that its cursors begin with; a later form gets another one
  std::size_t (*count)(const registry::Catalogue& catalogue);
  const registry::TargetDescription& (*at)(const registry::Catalogue& catalogue, std::size_t index);
  std::string_view (*key)(const registry::TargetDescription& item);  // what the list is sorted by
  bool (*is_listed)(const registry::TargetDescription& item);
  void (*write)(std::string& out, const registry::TargetDescription& item, const Revision& revision);
};

extern const ListKind tool_list, prompt_list, resource_list, template_list;

}  // namespace tomada::protocol

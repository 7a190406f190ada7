// A page is a pure function of the catalogue, the principal's roles and the revision. The first page answers nearly
// every request, so it is kept as bytes until the catalogue changes; later pages are written when asked for.
#include "core/protocol/tool_lists.hpp"

#include "core/base/text.hpp"
#include "core/json/writer.hpp"
#include "core/protocol/cursor.hpp"
#include "core/protocol/splice.hpp"

#include <algorithm>

namespace tomada::protocol {
namespace {

void write_flag(std::string& out, std::string_view name, bool value) {
  out.append("\"").append(name).append(value ? "\":true," : "\":false,");
}

void write_annotations(std::string& out, const registry::ToolDescription& tool, const Revision& revision) {
  out.append(R"(,"annotations":{)");
  if (!revision.has_structured_content && !tool.title.empty()) {
    out.append(R"("title":)");
    json::write_string(out, tool.title);
    out.push_back(',');
  }
  write_flag(out, "readOnlyHint", tool.annotations.is_read_only);
  write_flag(out, "destructiveHint", tool.annotations.is_destructive);
  write_flag(out, "idempotentHint", tool.annotations.is_idempotent);
  write_flag(out, "openWorldHint", tool.annotations.is_open_world);
  out.back() = '}';
}

// Before the modern revision an output schema had to describe an object.
bool may_show_output(const std::string& output_schema, const Revision& revision) {
  if (output_schema.empty() || !revision.has_structured_content) return false;
  if (revision.has_any_structured_value) return true;
  const auto parsed = json::read(output_schema);
  const auto* definition = parsed ? parsed->if_object() : nullptr;
  const auto* type = definition ? json::find_string(*definition, "type") : nullptr;
  return type && json::view(*type) == "object";
}

bool is_same(const std::weak_ptr<const registry::Catalogue>& kept,
             const std::shared_ptr<const registry::Catalogue>& now) {
  return !kept.owner_before(now) && !now.owner_before(kept);
}

}  // namespace

void write_tool(std::string& out, const registry::ToolDescription& tool, const Revision& revision) {
  out.append(R"({"name":)");
  json::write_string(out, tool.name);
  if (revision.has_structured_content && !tool.title.empty()) write_member(out, "title", tool.title);
  if (!tool.description.empty()) write_member(out, "description", tool.description);
  out.append(R"(,"inputSchema":)");
  splice(out, tool.input_schema.empty() ? std::string_view{R"({"type":"object"})"} : tool.input_schema);
  if (may_show_output(tool.output_schema, revision)) {
    out.append(R"(,"outputSchema":)");
    splice(out, tool.output_schema);
  }
  if (revision.has_annotations) write_annotations(out, tool, revision);
  if (revision.has_structured_content && !tool.meta.empty()) {
    out.append(R"(,"_meta":)");
    splice(out, tool.meta);
  }
  out.push_back('}');
}

void ToolLists::write_tools(std::string& out, const registry::Catalogue& catalogue, std::string_view last_name,
                            const Principal& principal, const Revision& revision) const {
  const auto& tools = catalogue.tools();
  const auto is_before = [](std::string_view name, const auto& tool) { return name < tool->description().name; };
  auto at = last_name.empty() ? tools.begin() : std::upper_bound(tools.begin(), tools.end(), last_name, is_before);
  const std::size_t most = std::max<std::size_t>(service_.list_page, 1);
  out.append(R"("tools":[)");
  std::string_view last;
  for (std::size_t shown = 0; at != tools.end(); ++at) {
    const auto& tool = (*at)->description();
    if (!service_.roles.allows(principal, tool.name, tool.annotations.is_read_only)) continue;
    if (shown == most) {
      out.push_back(']');
      write_member(out, "nextCursor", cursor::after(last));
      return;
    }
    if (shown++ > 0) out.push_back(',');
    write_tool(out, tool, revision);
    last = tool.name;
  }
  out.push_back(']');
}

// A list is everybody's only while no role sees another one.
void ToolLists::write_cache_hints(std::string& out, const registry::Catalogue& catalogue) const {
  const auto is_for_all = [this](const auto& tool) {
    return service_.roles.agree_on(tool->description().name, tool->description().annotations.is_read_only);
  };
  const bool is_public = std::all_of(catalogue.tools().begin(), catalogue.tools().end(), is_for_all);
  out.append(R"(,"ttlMs":)").append(std::to_string(service_.list_time_to_live.count()));
  out.append(is_public ? R"(,"cacheScope":"public")" : R"(,"cacheScope":"private")");
}

std::string ToolLists::write_page(const registry::Catalogue& catalogue, std::string_view last_name,
                                  const Principal& principal, const Revision& revision) const {
  std::string out;
  write_tools(out, catalogue, last_name, principal, revision);
  if (revision.era == Era::modern) write_cache_hints(out, catalogue);
  return out;
}

std::shared_ptr<const std::string> ToolLists::find(const Revision& revision, std::string_view shape) const {
  for (const auto& entry : entries_) {
    if (entry.revision == &revision && entry.shape == shape) return entry.page;
  }
  return nullptr;
}

std::shared_ptr<const std::string> ToolLists::first_page(const Principal& principal, const Revision& revision) {
  const auto catalogue = service_.dispatcher.catalogue();
  const std::string shape = text::join(principal.roles, "\n");
  {
    const std::lock_guard lock{mutex_};
    if (is_same(catalogue_, catalogue)) {
      if (auto kept = find(revision, shape)) return kept;
    }
  }
  auto page = std::make_shared<const std::string>(write_page(*catalogue, {}, principal, revision));
  const std::lock_guard lock{mutex_};
  if (!is_same(catalogue_, catalogue) || entries_.size() >= most_entries) entries_.clear();
  catalogue_ = catalogue;
  entries_.push_back({&revision, shape, page});
  return page;
}

std::string ToolLists::page_after(std::string_view last_name, const Principal& principal,
                                  const Revision& revision) const {
  return write_page(*service_.dispatcher.catalogue(), last_name, principal, revision);
}

}  // namespace tomada::protocol

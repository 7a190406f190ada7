#include "core/protocol/listings.hpp"

#include "core/json/reader.hpp"
#include "core/json/writer.hpp"
#include "core/protocol/splice.hpp"

namespace tomada::protocol {
namespace {

using registry::Catalogue;
using registry::PromptDescription;
using registry::ResourceDescription;
using registry::TargetDescription;
using registry::ToolDescription;

void write_flag(std::string& out, std::string_view name, bool value) {
  out.append("\"").append(name).append(value ? "\":true," : "\":false,");
}

void write_annotations(std::string& out, const ToolDescription& tool, const Revision& revision) {
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

json::object shaped(json::object listing, const Revision& revision) {
  if (!revision.has_icons) listing.erase("icons");
  if (revision.has_structured_content) return listing;
  listing.erase("title");
  listing.erase("_meta");
  if (auto* notes = listing.if_contains("annotations"); notes && notes->is_object())
    notes->get_object().erase("lastModified");
  auto* arguments = listing.if_contains("arguments");
  if (!arguments || !arguments->is_array()) return listing;
  for (auto& argument : arguments->get_array()) {
    if (argument.is_object()) argument.get_object().erase("title");
  }
  return listing;
}

template <const auto& (Catalogue::*items)() const noexcept>
std::size_t count_of(const Catalogue& catalogue) {
  return (catalogue.*items)().size();
}
template <const auto& (Catalogue::*items)() const noexcept>
const TargetDescription& item_of(const Catalogue& catalogue, std::size_t index) {
  return (catalogue.*items)()[index]->description();
}

std::string_view name_of(const TargetDescription& item) { return item.name; }
std::string_view uri_of(const TargetDescription& item) { return static_cast<const ResourceDescription&>(item).uri; }
bool always(const TargetDescription&) { return true; }
bool when_listed(const TargetDescription& item) { return static_cast<const ResourceDescription&>(item).is_listed; }

void write_as_tool(std::string& out, const TargetDescription& item, const Revision& revision) {
  write_tool(out, static_cast<const ToolDescription&>(item), revision);
}
void write_as_prompt(std::string& out, const TargetDescription& item, const Revision& revision) {
  write_listing(out, static_cast<const PromptDescription&>(item).listing, revision);
}
void write_as_resource(std::string& out, const TargetDescription& item, const Revision& revision) {
  write_listing(out, static_cast<const ResourceDescription&>(item).listing, revision);
}

}  // namespace

const ListKind tool_list{"tools", '1',           &count_of<&Catalogue::tools>, &item_of<&Catalogue::tools>, &name_of,
                         &always, &write_as_tool};
const ListKind prompt_list{
    "prompts", 'p', &count_of<&Catalogue::prompts>, &item_of<&Catalogue::prompts>, &name_of, &always, &write_as_prompt};
const ListKind resource_list{
    "resources",       'r', &count_of<&Catalogue::resources>, &item_of<&Catalogue::resources>, &uri_of, &when_listed,
    &write_as_resource};
const ListKind template_list{
    "resourceTemplates", 't', &count_of<&Catalogue::templates>, &item_of<&Catalogue::templates>, &uri_of, &when_listed,
    &write_as_resource};

void write_tool(std::string& out, const ToolDescription& tool, const Revision& revision) {
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

void write_listing(std::string& out, std::string_view listing, const Revision& revision) {
  if (revision.has_icons) return splice(out, listing);
  auto parsed = json::read(listing);
  if (!parsed || !parsed->is_object()) return splice(out, listing);
  json::write(out, shaped(std::move(parsed->get_object()), revision));
}

}  // namespace tomada::protocol

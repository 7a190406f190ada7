#include "core/protocol/content.hpp"

#include "core/base/text.hpp"
#include "core/json/reader.hpp"
#include "core/json/writer.hpp"
#include "core/protocol/splice.hpp"

namespace tomada::protocol {
namespace {

std::string_view member(const json::object& block, std::string_view name) {
  const auto* found = json::find_string(block, name);
  return found ? json::view(*found) : std::string_view{};
}

json::object text_block(std::string text) { return {{"type", "text"}, {"text", std::move(text)}}; }

json::object link_as_text(const json::object& block) {
  const auto name = member(block, "name");
  const auto uri = member(block, "uri");
  return text_block(name.empty() ? std::string{uri} : text::concat({name, ": ", uri}));
}

json::object audio_as_text(const json::object& block) {
  return text_block(text::concat({"[audio, ", member(block, "mimeType"), ": this protocol version cannot carry it]"}));
}

}  // namespace

json::object shaped_block(const json::object& block, const Revision& revision) {
  const auto type = member(block, "type");
  if (type == "resource_link" && !revision.has_structured_content) return link_as_text(block);
  if (type == "audio" && !revision.has_annotations) return audio_as_text(block);
  json::object out = block;
  if (!revision.has_icons) out.erase("icons");
  if (revision.has_structured_content) return out;
  out.erase("_meta");
  if (auto* resource = out.if_contains("resource"); resource && resource->is_object())
    resource->get_object().erase("_meta");
  if (auto* notes = out.if_contains("annotations"); notes && notes->is_object())
    notes->get_object().erase("lastModified");
  return out;
}

bool knows_every_block(std::string_view json, const Revision& revision) {
  if (revision.has_icons) return true;
  return revision.has_structured_content && json.find("\"icons\"") == std::string_view::npos;
}

void write_text_block(std::string& out, std::string_view text) {
  out.append(R"([{"type":"text","text":)");
  json::write_string(out, text);
  out.append("}]");
}

void write_content(std::string& out, std::string_view content_json, const Revision& revision) {
  if (knows_every_block(content_json, revision)) return splice(out, content_json);
  const auto parsed = json::read(content_json, {}, {.depth = 128, .bytes = content_json.size()});
  const auto* blocks = parsed ? parsed->if_array() : nullptr;
  if (!blocks) return splice(out, content_json);
  json::array kept;
  for (const auto& block : *blocks) {
    if (const auto* object = block.if_object()) kept.emplace_back(shaped_block(*object, revision));
  }
  json::write(out, kept);
}

}  // namespace tomada::protocol

#include "core/protocol/legacy/remainder.hpp"

#include "core/json/writer.hpp"
#include "core/protocol/names.hpp"

#include <limits>
#include <string>
#include <string_view>

namespace tomada::protocol::legacy {
namespace {

void append_member(std::string& out, const json::object& from, std::string_view name) {
  const auto* value = json::find(from, name);
  if (!value) return;
  if (out.back() != '{') out.push_back(',');
  json::write_string(out, name);
  out.push_back(':');
  json::write(out, *value);
}

}  // namespace

std::shared_ptr<jsonrpc::Message> remainder_of(const jsonrpc::Message& message) {
  std::string out = R"({"jsonrpc":"2.0","id":)";
  jsonrpc::write(out, message.id());
  out.append(R"(,"method":)");
  json::write_string(out, message.method());
  std::string params = "{";
  if (const auto* from = message.params()) {
    for (const auto* name : {"name", "uri", "arguments"}) append_member(params, *from, name);
  }
  std::string meta = "{";
  if (const auto* from = message.meta()) append_member(meta, *from, names::progress_token);
  params.append(params.size() > 1 ? "," : "").append(R"("_meta":)").append(meta).append("}}");
  out.append(R"(,"params":)").append(params).append("}");
  return jsonrpc::Message::parse(out, {.depth = 2000, .bytes = std::numeric_limits<std::size_t>::max()});
}

}  // namespace tomada::protocol::legacy

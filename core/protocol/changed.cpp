#include "core/protocol/changed.hpp"

#include "core/json/writer.hpp"
#include "core/protocol/names.hpp"

namespace tomada::protocol {
namespace {

std::string_view method_of(registry::Changed what) noexcept {
  switch (what) {
    case registry::Changed::tools:
      return names::tools_changed;
    case registry::Changed::prompts:
      return names::prompts_changed;
    case registry::Changed::resources:
      return names::resources_changed;
    case registry::Changed::resource:
      return names::resource_updated;
    case registry::Changed::task:
      return names::task_changed;
  }
  return names::tools_changed;
}

}  // namespace

std::string changed_frame(registry::Changed what, std::string_view uri, std::string_view member) {
  std::string out = R"({"jsonrpc":"2.0","method":")";
  out.append(method_of(what)).push_back('"');
  const bool has_uri = what == registry::Changed::resource;
  if (has_uri || !member.empty()) out.append(R"(,"params":{)");
  if (has_uri) {
    out.append(R"("uri":)");
    json::write_string(out, uri);
    if (!member.empty()) out.push_back(',');
  }
  out.append(member);
  if (has_uri || !member.empty()) out.push_back('}');
  out.push_back('}');
  return out;
}

}  // namespace tomada::protocol

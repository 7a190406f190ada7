#include "core/cli/inspect.hpp"

#include "core/base/text.hpp"
#include "core/cli/failure.hpp"
#include "core/json/indent.hpp"
#include "core/json/writer.hpp"

#include <cstdio>

namespace tomada::cli {
namespace {

json::object as_json(const plugin::Status& status) {
  json::object out{
      {"instance", status.instance}, {"file", status.file},   {"id", status.id},
      {"version", status.version},   {"state", status.state}, {"tools", boost::json::value_from(status.tools)}};
  if (!status.reason.empty()) out["reason"] = status.reason;
  if (!status.hint.empty()) out["next_step"] = status.hint;
  return out;
}

}  // namespace

int list_plugins(app::Server& server, const Words& words) {
  if (words.is_json) {
    json::array out;
    for (const auto& status : server.plugins()) out.push_back(as_json(status));
    std::printf("%s\n", json::indented(json::text(json::object{{"plugins", std::move(out)}})).c_str());
    return exit_ok;
  }
  for (const auto& status : server.plugins()) {
    std::printf("%-12s %-10s %-8s %s\n", status.instance.c_str(), status.version.c_str(), status.state.c_str(),
                status.state == "refused" ? (status.reason + " (" + status.hint + ")").c_str()
                                          : text::join(status.tools, " ").c_str());
  }
  return exit_ok;
}

}  // namespace tomada::cli

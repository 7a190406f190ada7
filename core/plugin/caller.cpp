#include "core/plugin/caller.hpp"

#include "core/json/writer.hpp"

namespace tomada::plugin {

std::string principal_text(const Principal& principal) {
  std::string out{R"({"subject":)"};
  json::write_string(out, principal.subject);
  out += R"(,"tenant":)";
  json::write_string(out, principal.tenant);
  out += R"(,"roles":[)";
  for (const auto& role : principal.roles) {
    if (out.back() != '[') out += ',';
    json::write_string(out, role);
  }
  out += "]}";
  return out;
}

}  // namespace tomada::plugin

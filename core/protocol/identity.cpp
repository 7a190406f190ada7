#include "core/protocol/identity.hpp"

#include "core/json/writer.hpp"
#include "core/protocol/splice.hpp"

namespace tomada::protocol {

std::string write_identity(const Identity& identity, const Revision& revision) {
  std::string out = R"({"name":)";
  json::write_string(out, identity.name);
  if (revision.has_structured_content && !identity.title.empty()) write_member(out, "title", identity.title);
  write_member(out, "version", identity.version);
  out.push_back('}');
  return out;
}

void write_instructions(std::string& out, const Identity& identity) {
  if (!identity.instructions.empty()) write_member(out, "instructions", identity.instructions);
}

}  // namespace tomada::protocol

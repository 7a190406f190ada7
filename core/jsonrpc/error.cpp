#include "core/jsonrpc/error.hpp"

#include "core/json/writer.hpp"

namespace tomada::jsonrpc {

std::string error_answer(const Id& id, Code code, std::string_view message, std::string_view data_json,
                         MissingId missing) {
  std::string out;
  out.reserve(112 + message.size() + data_json.size());
  out.append(R"({"jsonrpc":"2.0",)");
  if (!std::holds_alternative<std::monostate>(id) || missing == MissingId::null) {
    out.append(R"("id":)");
    write(out, id);
    out.push_back(',');
  }
  out.append(R"("error":{"code":)").append(std::to_string(static_cast<int>(code))).append(R"(,"message":)");
  json::write_string(out, message);
  if (!data_json.empty()) out.append(R"(,"data":)").append(data_json);
  out.append("}}");
  return out;
}

}  // namespace tomada::jsonrpc

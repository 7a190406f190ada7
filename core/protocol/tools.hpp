#pragma once
// Tools: tools/list and tools/call for both eras; the request's revision decides the shapes.
#include <optional>
#include <string>

#include "core/protocol/answer.hpp"
#include "core/protocol/service.hpp"
#include "core/protocol/tool_lists.hpp"

namespace tomada::protocol {

class Tools final {
 public:
  explicit Tools(Service& service);

  void list(const Request& request);
  void call(Request request);  // answers through the request's reply, now or later, on any thread

  [[nodiscard]] static std::optional<Problem> call_problem(const jsonrpc::Message& message);
  // Wrong shapes of a tools/call: no name, arguments that are no object, a progress token of another type.

  [[nodiscard]] const std::string& server_info() const noexcept { return server_info_; }  // JSON text, modern shape

 private:
  Service& service_;
  ToolLists lists_;
  std::string server_info_;
};

}  // namespace tomada::protocol

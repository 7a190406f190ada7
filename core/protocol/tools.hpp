#pragma once
// Tools: tools/list and tools/call for both eras; the request's revision decides the shapes.
#include "core/protocol/answer.hpp"
#include "core/protocol/service.hpp"
#include "core/protocol/tool_lists.hpp"

#include <optional>
#include <string>

namespace tomada::protocol {

class Tools final {
 public:
  explicit Tools(Service& service);

  void list(const Request& request);
  [[nodiscard]] static std::optional<Problem> call_problem(const jsonrpc::Message& message);
  // Wrong shapes of a tools/call: no name, arguments that are no object, a progress token of another type.

  void call(Request request);  // without call_problem; answers through the request's reply, now or later, on any thread

  [[nodiscard]] const std::string& server_info() const noexcept { return *server_info_; }  // JSON text, modern shape

 private:
  Service& service_;
  ToolLists lists_;
  std::shared_ptr<const std::string> server_info_;  // shared: a call may outlive this object
};

}  // namespace tomada::protocol

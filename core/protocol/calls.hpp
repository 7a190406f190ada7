#pragma once
// Calls: the way of every method that runs a plugin: rounds of questions, notices, cancellation, one answer.
#include "core/protocol/call_result.hpp"
#include "core/protocol/service.hpp"

#include <memory>
#include <optional>
#include <string>

namespace tomada::protocol {

struct Manner {  // how a method tells of its outcomes
  std::string (*write)(const jsonrpc::Id& id, const registry::Outcome& outcome, const ResultContext& context);
  std::optional<Problem> (*problem)(const registry::Outcome& outcome, const Request& request);  // nothing: a result
  bool may_ask;  // its result may be a question
};

class Calls final {
 public:
  Calls(Service& service, std::shared_ptr<const std::string> server_info)
      : service_{service}, server_info_{std::move(server_info)} {}

  void run(Request request, registry::CallRequest what, const Manner& manner);
  // what: tool (the name), target, arguments and their storage; the rest comes from the request.

  [[nodiscard]] static std::optional<Problem> problem(const jsonrpc::Message& message);  // in what all of them share

  [[nodiscard]] static std::optional<Problem> named_problem(const jsonrpc::Message& message, std::string_view kind);
  // The same, and in a name of this kind with its arguments.

  [[nodiscard]] const std::string& server_info() const noexcept { return *server_info_; }  // JSON text, modern shape

 private:
  Service& service_;
  const std::shared_ptr<const std::string> server_info_;
};

}  // namespace tomada::protocol

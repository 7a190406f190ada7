#pragma once
// ParameterHeaders: the arguments that a tool's schema asks clients to repeat as Mcp-Param-… headers ("x-mcp-header").
#include "core/protocol/answer.hpp"

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace tomada::protocol::modern {

struct ParameterHeader {
  std::vector<std::string> path;  // property names from the root of the arguments
  std::string header;             // "Mcp-Param-Region"
};

[[nodiscard]] std::vector<ParameterHeader> parameter_headers(std::string_view input_schema);
// Reads "properties" only, at any depth; an annotation anywhere else means nothing.

[[nodiscard]] std::optional<Problem> parameter_problem(const ParameterHeader& rule, const json::object* arguments,
                                                       const jsonrpc::HeaderView& headers);

class ParameterHeaders final {
 public:
  explicit ParameterHeaders(const Service& service) : service_{service} {}
  [[nodiscard]] std::optional<Problem> problem(const Request& request);  // of a well-shaped tools/call

 private:
  using Rules = std::unordered_map<std::string, std::vector<ParameterHeader>>;  // only tools that have any
  [[nodiscard]] std::shared_ptr<const Rules> rules();

  const Service& service_;
  std::mutex mutex_;  // guards the two below
  std::weak_ptr<const registry::Catalogue> catalogue_;
  std::shared_ptr<const Rules> rules_;
};

}  // namespace tomada::protocol::modern

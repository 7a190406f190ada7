#include "core/protocol/modern/parameter_headers.hpp"

#include "core/base/text.hpp"
#include "core/json/writer.hpp"
#include "core/protocol/headers.hpp"
#include "core/protocol/modern/mirror.hpp"
#include "core/protocol/names.hpp"
#include "core/protocol/tools.hpp"

#include <charconv>
#include <cmath>

namespace tomada::protocol::modern {
namespace {

constexpr std::size_t deepest = 32;

void collect(const json::object& schema, std::vector<std::string>& path, std::vector<ParameterHeader>& out) {
  const auto* properties = json::find_object(schema, "properties");
  if (!properties || path.size() >= deepest) return;
  for (const auto& [key, value] : *properties) {
    const auto* property = value.if_object();
    if (!property) continue;
    path.emplace_back(key.data(), key.size());
    if (const auto* header = json::find_string(*property, "x-mcp-header"); header && !header->empty()) {
      out.push_back({path, text::concat({names::parameter_header_prefix, json::view(*header)})});
    }
    collect(*property, path, out);
    path.pop_back();
  }
}

const json::value* at_path(const json::object* arguments, const std::vector<std::string>& path) noexcept {
  const json::value* found = nullptr;
  for (const auto& name : path) {
    if (!arguments) return nullptr;
    found = json::find(*arguments, name);
    if (!found) return nullptr;
    arguments = found->if_object();
  }
  return found;
}

// Larger integers are rounded by programs that keep numbers as doubles, so two who read one may not read the same.
bool is_exact(const json::value& number) noexcept {
  constexpr double largest = 9007199254740991;  // 2^53 - 1
  return std::abs(number.to_number<double>()) <= largest;
}

// Integers compare as numbers (42.0 is 42), everything else as text.
bool is_same_number(std::string_view text, const json::value& argument) noexcept {
  double number = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
  return failed == std::errc{} && end == text.data() + text.size() && number == argument.to_number<double>();
}

Problem too_large(const ParameterHeader& rule) {
  return {jsonrpc::Code::header_mismatch,
          400,
          text::concat({"the number that ", rule.header, " repeats must lie within -(2^53 - 1) and 2^53 - 1"}),
          {}};
}

bool says_the_same(std::string_view header, const json::value& argument) {
  if (const auto* text = argument.if_string()) return header == json::view(*text);
  if (const auto* truth = argument.if_bool()) return header == (*truth ? "true" : "false");
  if (argument.is_number()) return is_same_number(header, argument);
  return true;  // an object or an array: the schema will refuse it
}

}  // namespace

std::vector<ParameterHeader> parameter_headers(std::string_view input_schema) {
  std::vector<ParameterHeader> out;
  if (input_schema.find("\"x-mcp-header\"") == std::string_view::npos) return out;
  const auto parsed = json::read(input_schema);
  const auto* schema = parsed ? parsed->if_object() : nullptr;
  std::vector<std::string> path;
  if (schema) collect(*schema, path, out);
  return out;
}

std::optional<Problem> parameter_problem(const ParameterHeader& rule, const json::object* arguments,
                                         const jsonrpc::HeaderView& headers) {
  const auto* argument = at_path(arguments, rule.path);
  if (!argument || argument->is_null()) return std::nullopt;
  if (auto problem = ambiguity(headers, rule.header)) return problem;
  const auto header = headers.find(rule.header);
  if (!header) {
    return Problem{jsonrpc::Code::header_mismatch, 400, text::concat({"the header ", rule.header, " is missing"}), {}};
  }
  if (argument->is_number() && !is_exact(*argument)) return too_large(rule);
  const auto value = decode_value(*header);
  if (value && says_the_same(*value, *argument)) return std::nullopt;
  return mismatch(rule.header, *header, json::text(*argument));
}

std::shared_ptr<const ParameterHeaders::Rules> ParameterHeaders::rules() {
  const auto catalogue = service_.dispatcher.catalogue();
  const std::lock_guard lock{mutex_};
  if (rules_ && is_same(catalogue_, catalogue)) return rules_;
  auto fresh = std::make_shared<Rules>();
  for (const auto& tool : catalogue->tools()) {
    auto headers = parameter_headers(tool->description().input_schema);
    if (!headers.empty()) fresh->emplace(tool->description().name, std::move(headers));
  }
  catalogue_ = catalogue;
  rules_ = std::move(fresh);
  return rules_;
}

std::optional<Problem> ParameterHeaders::problem(const Request& request) {
  if (!request.headers.is_present()) return std::nullopt;
  const auto known = rules();
  if (known->empty()) return std::nullopt;
  const auto& params = *request.message->params();
  const auto found = known->find(std::string{json::view(*json::find_string(params, "name"))});
  if (found == known->end()) return std::nullopt;
  if (!tools::find(service_, request)) return std::nullopt;  // hidden: answered as one that does not exist
  const auto* arguments = json::find_object(params, "arguments");
  for (const auto& rule : found->second) {
    if (auto problem = parameter_problem(rule, arguments, request.headers)) return problem;
  }
  return std::nullopt;
}

}  // namespace tomada::protocol::modern

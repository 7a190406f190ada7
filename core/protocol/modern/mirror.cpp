#include "core/protocol/modern/mirror.hpp"

#include "core/base/base64.hpp"
#include "core/base/text.hpp"
#include "core/json/writer.hpp"
#include "core/protocol/headers.hpp"
#include "core/protocol/modern/envelope.hpp"
#include "core/protocol/names.hpp"

#include <algorithm>
#include <array>

namespace tomada::protocol::modern {
namespace {

constexpr std::string_view encoded_prefix = "=?base64?";
constexpr std::string_view encoded_suffix = "?=";

struct NamedMethod {
  std::string_view method, parameter;  // the parameter that Mcp-Name repeats
};
constexpr std::array<NamedMethod, 6> named_methods{{{names::call_tool, "name"},
                                                    {names::get_prompt, "name"},
                                                    {names::read_resource, "uri"},
                                                    {names::get_task, "taskId"},
                                                    {names::update_task, "taskId"},
                                                    {names::cancel_task, "taskId"}}};

bool is_visible(std::string_view text) noexcept {
  return std::all_of(text.begin(), text.end(),
                     [](char letter) { return (letter >= ' ' && letter < 127) || letter == '\t'; });
}

Problem header_problem(std::string message, std::string details = {}) {
  return {jsonrpc::Code::header_mismatch, 400, std::move(message), std::move(details)};
}

Problem missing(std::string_view header) {
  return header_problem(text::concat({"the header ", header, " is missing"}));
}

// Mcp-Name's other half; null: this method has none, or its shape is refused later.
const json::string* named(const jsonrpc::Message& message) noexcept {
  const auto is_it = [&](const NamedMethod& one) { return one.method == message.method(); };
  const auto found = std::find_if(named_methods.begin(), named_methods.end(), is_it);
  if (found == named_methods.end() || !message.params()) return nullptr;
  return json::find_string(*message.params(), found->parameter);
}

}  // namespace

std::optional<std::string> decode_value(std::string_view header) {
  if (!is_visible(header)) return std::nullopt;
  const bool is_encoded = header.size() >= encoded_prefix.size() + encoded_suffix.size() &&
                          header.starts_with(encoded_prefix) && header.ends_with(encoded_suffix);
  if (!is_encoded) return std::string{header};
  header.remove_prefix(encoded_prefix.size());
  header.remove_suffix(encoded_suffix.size());
  auto decoded = base64::decode(header);
  if (!decoded || !text::is_utf8(*decoded)) return std::nullopt;
  return decoded;
}

Problem mismatch(std::string_view header, std::string_view in_header, std::string_view in_body) {
  std::string details = R"({"mismatch":{"header":)";
  json::write_string(details, text::is_utf8(in_header) ? in_header : std::string_view{});
  details.append(R"(,"body":)");
  json::write_string(details, in_body);
  details.append("}}");
  return header_problem(text::concat({"the header ", header, " contradicts the body"}), std::move(details));
}

std::optional<Problem> contradiction(const Request& request) {
  if (!request.headers.is_present()) return std::nullopt;
  for (const auto header : {names::method_header, names::name_header}) {
    if (auto problem = ambiguity(request.headers, header)) return problem;
  }
  const auto& message = *request.message;
  const auto version = request.headers.find(names::version_header);
  if (version && has_claim(message) && *version != claimed_version(message)) {
    return mismatch(names::version_header, *version, claimed_version(message));
  }
  const auto method = request.headers.find(names::method_header);
  if (method && *method != message.method()) return mismatch(names::method_header, *method, message.method());
  return std::nullopt;
}

std::optional<Problem> missing_mirror(const Request& request) {
  if (!request.headers.is_present()) return std::nullopt;
  if (!request.headers.find(names::version_header)) return missing(names::version_header);
  if (!request.headers.find(names::method_header)) return missing(names::method_header);
  const auto* name = named(*request.message);
  if (!name) return std::nullopt;
  const auto header = request.headers.find(names::name_header);
  if (!header) return missing(names::name_header);
  if (*header == json::view(*name) && is_visible(*header) && !header->starts_with(encoded_prefix)) return std::nullopt;
  const auto value = decode_value(*header);
  if (!value || *value != json::view(*name)) return mismatch(names::name_header, *header, json::view(*name));
  return std::nullopt;
}

}  // namespace tomada::protocol::modern

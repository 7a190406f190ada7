#include "core/protocol/modern/envelope.hpp"

#include "core/base/text.hpp"
#include "core/json/writer.hpp"
#include "core/protocol/names.hpp"
#include "core/protocol/notices.hpp"

namespace tomada::protocol::modern {
namespace {

Problem envelope_error(std::string message, std::string details) {
  return {jsonrpc::Code::invalid_params, 400, std::move(message), std::move(details)};
}

Problem malformed(std::string_view key, std::string_view problem) {
  std::string details = R"({"envelope":{"key":)";
  json::write_string(details, key);
  details.append(R"(,"problem":)");
  json::write_string(details, problem);
  details.append("}}");
  return envelope_error(text::concat({"params._meta: \"", key, "\" ", problem}), std::move(details));
}

std::optional<Problem> missing_keys(const json::object* meta) {
  std::string names, list;
  for (const auto key : {names::protocol_version, names::client_capabilities}) {
    if (meta && json::find(*meta, key)) continue;
    names.append(names.empty() ? "" : " and ").append(key);
    list.append(list.empty() ? "\"" : ",\"").append(key).append("\"");
  }
  if (names.empty()) return std::nullopt;
  return envelope_error(text::concat({"params._meta lacks ", names}),
                        text::concat({R"({"envelope":{"missing":[)", list, "]}}"}));
}

bool is_implementation(const json::value& from) {
  const auto* members = from.if_object();
  return members && json::find_string(*members, "name") && json::find_string(*members, "version");
}

}  // namespace

bool has_claim(const jsonrpc::Message& message) noexcept {
  return message.meta() && json::find(*message.meta(), names::protocol_version);
}

std::string_view claimed_version(const jsonrpc::Message& message) noexcept {
  const auto* version = message.meta() ? json::find_string(*message.meta(), names::protocol_version) : nullptr;
  return version ? json::view(*version) : std::string_view{};
}

std::optional<Problem> envelope_problem(const jsonrpc::Message& message) {
  if (auto problem = missing_keys(message.meta())) return problem;
  const auto& meta = *message.meta();
  if (!json::find_string(meta, names::protocol_version)) return malformed(names::protocol_version, "must be a string");
  if (!json::find_object(meta, names::client_capabilities)) {
    return malformed(names::client_capabilities, "must be an object");
  }
  const auto* client = json::find(meta, names::client_info);
  if (client && !is_implementation(*client)) {
    return malformed(names::client_info, "must be an object with a name and a version");
  }
  const auto* level = json::find(meta, names::log_level);
  if (level && !(level->is_string() && log_level(json::view(level->get_string())))) {
    return malformed(names::log_level, must_be_a_level);
  }
  return std::nullopt;
}

// Only modern versions are named as supported: an envelope can be served by no other.
std::optional<Problem> version_problem(const jsonrpc::Message& message) {
  const auto version = claimed_version(message);
  if (version == modern_revision().name) return std::nullopt;
  std::string details = text::concat({R"({"supported":[")", modern_revision().name, R"("],"requested":)"});
  json::write_string(details, version);
  details.push_back('}');
  return Problem{jsonrpc::Code::unsupported_version, 400,
                 text::concat({"protocol version \"", version, "\" is not served here; use ", modern_revision().name}),
                 std::move(details)};
}

}  // namespace tomada::protocol::modern

#include "core/protocol/rounds.hpp"

#include "core/base/text.hpp"
#include "core/json/reader.hpp"
#include "core/json/writer.hpp"
#include "core/protocol/names.hpp"
#include "core/protocol/splice.hpp"

#include <algorithm>
#include <initializer_list>

namespace tomada::protocol {
namespace {

constexpr char separator = '\x1f';  // cannot stand in JSON text unescaped

Problem invalid(std::string message) { return {jsonrpc::Code::invalid_params, 200, std::move(message), {}}; }

// Who asked what: the same words again open what was sealed for them, any others do not.
std::string binding_of(const Request& request) {
  std::string out;
  const auto add = [&out](std::string_view part) { out.append(part).push_back(separator); };
  add(request.principal->subject);
  add(request.principal->tenant);
  add(request.message->method());
  const auto& params = *request.message->params();
  for (const char* key : {"name", "uri"}) {
    if (const auto* found = json::find_string(params, key)) add(json::view(*found));
  }
  const auto* arguments = json::find(params, "arguments");
  if (arguments) json::write_canonical(out, *arguments);
  return out;
}

bool is_word(const json::object& answer, std::string_view key, std::initializer_list<std::string_view> words) {
  const auto* found = json::find_string(answer, key);
  return found && std::find(words.begin(), words.end(), json::view(*found)) != words.end();
}

bool answers(const json::value& value, std::string_view method) {
  const auto* answer = value.if_object();
  if (!answer) return false;
  if (method == names::elicit) {
    const auto* content = json::find(*answer, "content");
    return is_word(*answer, "action", {"accept", "decline", "cancel"}) && (!content || content->is_object());
  }
  if (method == names::sample) {
    const auto* content = json::find(*answer, "content");
    return is_word(*answer, "role", {"assistant", "user"}) && content && (content->is_object() || content->is_array());
  }
  const auto* roots = json::find(*answer, "roots");
  return method == names::list_roots && roots && roots->is_array();
}

std::string fitting_answers(const json::object& given, const json::object* asked) {
  json::object out;
  for (const auto& [key, value] : given) {
    const auto* method = asked ? json::find_string(*asked, json::view(key)) : nullptr;
    const bool fits = asked ? method && answers(value, json::view(*method)) : value.is_object();
    if (fits) out[key] = value;
  }
  return out.empty() ? std::string{} : json::text(out);
}

// The capabilities that a question needs, in the shape of ClientCapabilities.
json::object needs_of(std::string_view method, const json::object& params) {
  if (method == names::elicit) {
    const auto* mode = json::find_string(params, "mode");
    json::object kind;
    kind[mode && *mode == "url" ? "url" : "form"] = json::object{};
    return {{"elicitation", std::move(kind)}};
  }
  if (method == names::sample) {
    json::object sampling;
    if (json::find(params, "tools") || json::find(params, "toolChoice")) sampling["tools"] = json::object{};
    return {{"sampling", std::move(sampling)}};
  }
  return {{"roots", json::object{}}};
}

bool has(const json::object& declared, const json::object& needed) {
  for (const auto& [name, detail] : needed) {
    const auto* own = json::find_object(declared, json::view(name));
    if (!own) return false;
    for (const auto& [part, _] : detail.get_object()) {
      const bool is_plain_form = part == "form" && own->empty();  // {} has always meant forms
      if (!is_plain_form && !json::find(*own, json::view(part))) return false;
    }
  }
  return true;
}

void merge(json::object& into, const json::object& more) {
  for (const auto& [name, detail] : more) {
    auto& slot = into[name];
    if (!slot.is_object()) slot = json::object{};
    for (const auto& [part, value] : detail.get_object()) slot.get_object()[part] = value;
  }
}

Problem missing(const json::object& needed) {
  json::object details{{"requiredCapabilities", needed}};
  return {jsonrpc::Code::missing_client_capability, 400,
          "this call must ask, and the client has not declared that it can be asked", json::text(details)};
}

}  // namespace

std::variant<Continuation, Problem> Rounds::resume(const Request& request) const {
  const auto& params = *request.message->params();
  const auto* given = json::find(params, "inputResponses");
  const auto* sealed = json::find(params, "requestState");
  Continuation out;
  if (given && !given->is_object()) return invalid(R"("inputResponses" must be an object)");
  if (sealed && !sealed->is_string()) return invalid(R"("requestState" must be a string)");
  json::value opened;
  if (sealed) {
    const auto text = seal_.open(json::view(sealed->get_string()), binding_of(request));
    if (!text) return invalid(R"("requestState" is not valid for this request; begin again without it)");
    opened = json::read(*text).value();  // we wrote it
    out.state = json::view(opened.at("state").as_string());
  }
  if (given) out.answers = fitting_answers(given->get_object(), sealed ? &opened.at("asked").as_object() : nullptr);
  return out;
}

std::variant<std::string, Problem> Rounds::ask(const Request& request, const registry::Outcome& outcome,
                                               std::string_view server_info) const {
  const auto questions = json::read(outcome.requests);
  if (!questions || !questions->is_object()) return Problem{jsonrpc::Code::internal_error, 200, "internal error", {}};
  const auto* declared = json::find_object(*request.message->meta(), names::client_capabilities);
  json::object asked, lacking;
  for (const auto& [key, question] : questions->get_object()) {
    const auto& method = question.at("method").as_string();  // the plugin host has checked the shape
    const auto needed = needs_of(json::view(method), question.at("params").as_object());
    if (!declared || !has(*declared, needed)) merge(lacking, needed);
    asked[key] = method;
  }
  if (!lacking.empty()) return missing(lacking);
  const json::object kept{{"state", json::key(outcome.state)}, {"asked", std::move(asked)}};
  const auto sealed = seal_.close(json::text(kept), binding_of(request));
  auto frame = begin_result(request.message->id(), outcome.requests.size() + sealed.size() + server_info.size() + 160);
  frame.append(R"({"resultType":"input_required","inputRequests":)");
  splice(frame, outcome.requests);
  write_member(frame, "requestState", sealed);
  frame.append(",\"_meta\":{\"").append(names::server_info).append("\":").append(server_info).append("}}}");
  return frame;
}

}  // namespace tomada::protocol

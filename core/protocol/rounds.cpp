#include "core/protocol/rounds.hpp"

#include "core/base/text.hpp"
#include "core/json/reader.hpp"
#include "core/json/writer.hpp"
#include "core/protocol/names.hpp"
#include "core/protocol/questions.hpp"
#include "core/protocol/splice.hpp"

namespace tomada::protocol {
namespace {

// Who asked what: the same words again open what was sealed for them, any others do not.
std::string binding_of(const Request& request) {
  std::string out;
  const auto add = [&out](std::string_view part) { text::append_framed(out, part); };
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

const json::value* token_of(const Request& request) noexcept {
  return json::find(*request.message->meta(), names::progress_token);
}

// A token hears of what goes forward only, also when the call goes on as another request.
std::optional<double> told_to(const json::value* token, const json::object& kept) {
  const auto* heard = json::find_object(kept, "heard");
  if (!token || !heard || heard->at("token") != *token) return std::nullopt;
  return heard->at("progress").to_number<double>();
}

std::string fitting_answers(const json::object& given, const json::object* asked) {
  json::object out;
  for (const auto& [key, value] : given) {
    const auto* method = asked ? json::find_string(*asked, json::view(key)) : nullptr;
    const bool fits = asked ? method && is_answer(value, json::view(*method)) : value.is_object();
    if (fits) out[key] = value;
  }
  return out.empty() ? std::string{} : json::text(out);
}

}  // namespace

std::variant<Continuation, Problem> Rounds::resume(const Request& request) const {
  const auto& params = *request.message->params();
  const auto* given = json::find(params, "inputResponses");
  const auto* sealed = json::find(params, "requestState");
  Continuation out;
  if (given && !given->is_object()) return invalid_params(R"("inputResponses" must be an object)");
  if (sealed && !sealed->is_string()) return invalid_params(R"("requestState" must be a string)");
  json::value opened;
  if (sealed) {
    const auto text = seal_.open(json::view(sealed->get_string()), binding_of(request));
    if (!text) return invalid_params(R"("requestState" is not valid for this request; begin again without it)");
    opened = json::read(*text).value();  // we wrote it
    out.state = json::view(opened.at("state").as_string());
    out.told = told_to(token_of(request), opened.as_object());
  }
  if (given) out.answers = fitting_answers(given->get_object(), sealed ? &opened.at("asked").as_object() : nullptr);
  return out;
}

std::variant<std::string, Problem> Rounds::ask(const Request& request, const registry::Outcome& outcome,
                                               std::string_view server_info, std::optional<double> told) const {
  const auto questions = json::read(outcome.requests);
  if (!questions || !questions->is_object()) return Problem{jsonrpc::Code::internal_error, 200, "internal error", {}};
  const auto* declared = json::find_object(*request.message->meta(), names::client_capabilities);
  json::object asked, lacking;
  for (const auto& [key, question] : questions->get_object()) {
    const auto& method = question.at("method").as_string();  // the plugin host has checked the shape
    const auto needed = needs_of(json::view(method), question.at("params").as_object());
    if (!declared || !has_all(*declared, needed)) merge_needs(lacking, needed);
    asked[key] = method;
  }
  if (!lacking.empty()) {
    return lacking_capability("this call must ask, and the client has not declared that it can be asked", lacking);
  }
  json::object kept{{"state", json::key(outcome.state)}, {"asked", std::move(asked)}};
  if (told) kept["heard"] = json::object{{"token", *token_of(request)}, {"progress", *told}};
  const auto sealed = seal_.close(json::text(kept), binding_of(request));
  auto frame = begin_result(request.message->id(), outcome.requests.size() + sealed.size() + server_info.size() + 160);
  frame.append(R"({"resultType":"input_required","inputRequests":)");
  splice(frame, outcome.requests);
  write_member(frame, "requestState", sealed);
  frame.append(",\"_meta\":{\"").append(names::server_info).append("\":").append(server_info).append("}}}");
  return frame;
}

}  // namespace tomada::protocol

#include "core/protocol/resources.hpp"

#include "core/base/text.hpp"
#include "core/json/reader.hpp"
#include "core/json/writer.hpp"
#include "core/protocol/splice.hpp"
#include "core/registry/resource.hpp"

namespace tomada::protocol::resources {
namespace {

// {"contents"} without its braces; before 2025-06-18 contents had no _meta.
void write_contents(std::string& out, std::string_view contents, const Revision& revision) {
  const bool fits = revision.has_structured_content || contents.find("\"_meta\"") == std::string_view::npos;
  if (fits) return splice(out, inside(contents));
  auto parsed = json::read(contents, {}, {.depth = 128, .bytes = contents.size()});
  auto* items = parsed && parsed->is_object() ? parsed->get_object().if_contains("contents") : nullptr;
  if (items && items->is_array()) {
    for (auto& item : items->get_array()) item.as_object().erase("_meta");
  }
  out.append(inside(parsed ? json::text(*parsed) : std::string{contents}));
}

// Private whatever the roles: a plugin may read for its caller alone.
void write_cache_hints(std::string& out, const ResultContext& context) {
  out.append(R"(,"ttlMs":)").append(std::to_string(context.time_to_live.count())).append(R"(,"cacheScope":"private")");
}

std::string write_resource(const jsonrpc::Id& id, const registry::Outcome& outcome, const ResultContext& context) {
  const bool is_modern = context.revision.era == Era::modern;
  auto out = begin_result(id, 448 + context.server_info.size() + outcome.bytes());
  out.append(is_modern ? R"({"resultType":"complete",)" : "{");
  write_contents(out, outcome.structured, context.revision);
  if (is_modern) write_cache_hints(out, context);
  write_result_meta(out, outcome, context);
  return out.append("}}");
}

std::string_view uri_of(const Request& request) {
  return json::view(*json::find_string(*request.message->params(), "uri"));
}

std::optional<Problem> problem_with(const registry::Outcome& outcome, const Request& request) {
  using registry::OutcomeKind;
  if (outcome.kind == OutcomeKind::unknown_tool) return not_found(uri_of(request), *request.revision);
  auto problem = strict_problem_of(outcome, request);
  if (!problem || outcome.kind != OutcomeKind::invalid_params) return problem;
  auto absent = not_found(uri_of(request), *request.revision);
  absent.message = outcome.message;
  return absent;
}

constexpr Manner manner{&write_resource, &problem_with, true};

json::object read_arguments(std::string_view uri, const registry::ResourceDescription& resource) {
  json::object out{{"uri", json::key(uri)}};
  if (!resource.uri_template) return out;
  if (auto variables = resource.uri_template->match(uri)) out["variables"] = std::move(*variables);
  return out;
}

}  // namespace

Problem not_found(std::string_view uri, const Revision& revision) {
  std::string details = R"({"uri":)";
  json::write_string(details, uri);
  details.push_back('}');
  const auto code = revision.era == Era::modern ? jsonrpc::Code::invalid_params : jsonrpc::Code::resource_not_found;
  return {code, 200, text::concat({"there is no resource \"", uri, "\""}), std::move(details)};
}

bool is_readable(const Service& service, const Principal& principal, std::string_view uri) {
  const auto resource = service.dispatcher.catalogue()->find_resource(uri);
  if (!resource) return false;
  const auto& known = resource->description();
  return service.roles.allows(principal, known.name, known.annotations.is_read_only);
}

std::optional<Problem> read_problem(const jsonrpc::Message& message) {
  const auto* params = message.params();
  const auto* uri = params ? json::find_string(*params, "uri") : nullptr;
  if (uri && !uri->empty()) return Calls::problem(message);
  return invalid_params(R"("uri" must be the URI of a resource)");
}

void read(Calls& calls, const registry::Catalogue& catalogue, Request request) {
  const auto uri = uri_of(request);
  const auto resource = catalogue.find_resource(uri);
  if (!resource) return refuse(request, not_found(uri, *request.revision));
  const auto arguments = std::make_shared<const json::value>(read_arguments(uri, resource->description()));
  registry::CallRequest what;
  what.tool = uri;
  what.target = resource;
  what.storage = arguments;
  what.arguments = arguments.get();
  calls.run(std::move(request), std::move(what), manner);
}

}  // namespace tomada::protocol::resources

#include "core/upstream/exchange.hpp"

#include "core/base/text.hpp"

#include <algorithm>

namespace tomada::upstream {
namespace {

bool has_line_break(std::string_view text) { return text.find_first_of(std::string_view{"\r\n\0", 3}) != text.npos; }

}  // namespace

std::optional<Error> mistake_in(const Request& request) {
  const auto wrong = [&](std::string_view what) {
    return failure(ErrorCode::invalid_argument, text::concat({"The request to ", request.upstream, " has ", what, "."}),
                   text::concat({"upstream.", request.upstream}), "mend the plugin that sends it");
  };
  if (!is_relative_path(request.path)) return wrong("a path that is not relative to the upstream's url");
  if (!std::all_of(request.http_method.begin(), request.http_method.end(), [](char c) { return c >= 'A' && c <= 'Z'; }))
    return wrong("an HTTP method that is none");
  for (const auto& [name, value] : request.headers)
    if (name.empty() || has_line_break(name) || has_line_break(value)) return wrong("a header with a line break");
  return std::nullopt;
}

Exchange exchange_of(const Request& request, const Url& url) {
  Exchange out{request.http_method, url.path + request.path, request.headers, request.body};
  const auto has = [&](std::string_view name) {
    return std::any_of(out.headers.begin(), out.headers.end(),
                       [name](const auto& header) { return text::equals_ignoring_case(header.first, name); });
  };
  if (!request.body.empty() && !has("content-type")) out.headers.emplace_back("Content-Type", "application/json");
  if (!has("user-agent")) out.headers.emplace_back("User-Agent", "tomada");
  if (!request.traceparent.empty() && !has("traceparent")) out.headers.emplace_back("traceparent", request.traceparent);
  return out;
}

}  // namespace tomada::upstream

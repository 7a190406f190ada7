// Records are read by falling id, each page below the last of the page before: offsets would skip or repeat records
// when others come or go between two pages. What comes meanwhile has a higher id and is not seen: a list is as of its
// beginning. No answer is shared through the host: a fault comes with HTTP 200, and Tryton has no window in which it
// refuses.
#include "tryton/client.hpp"

#include "tryton/fault.hpp"

#include <algorithm>
#include <utility>

namespace tomada::erp::tryton {
namespace {

sdk::json::array texts(const std::vector<std::string_view>& from) {
  sdk::json::array out;
  for (const auto each : from) out.emplace_back(sdk::json::string_view{each.data(), each.size()});
  return out;
}

std::string method_of(std::string_view model, std::string_view verb) {
  return "model." + std::string{model} + '.' + std::string{verb};
}

Provenance provenance_of(const sdk::HttpResponse& response) {
  Provenance out;
  out.as_of_ms = response.read_at_ms;
  out.age_ms = response.age_ms;
  out.refresh_in_ms = response.refresh_in_ms;
  out.was_asked = !response.is_shared;
  return out;
}

std::int64_t id_of(const sdk::json::value& row) {
  const auto* object = row.if_object();
  const auto* id = object ? object->if_contains("id") : nullptr;
  const auto* number = id ? id->if_int64() : nullptr;
  return number ? *number : 0;
}

void report_progress(const Request& request, std::string_view model, std::size_t read) {
  if (request.call) request.call->progress(static_cast<double>(read), 0, "tryton " + std::string{model});
}

}  // namespace

Client::Client(sdk::Host host, Login login) : host_{host}, session_{host, std::move(login)} {}

sdk::json::value Client::call(std::string_view method, const sdk::json::array& parameters, const Request& request,
                              Provenance& provenance) const {
  return last_failure_.watch([&] { return call_now(method, parameters, request, provenance); });
}

sdk::json::value Client::call_now(std::string_view method, const sdk::json::array& parameters, const Request& request,
                                  Provenance& provenance) const {
  if (request.call) request.call->check();
  sdk::json::object question{{"id", 1}, {"method", sdk::json::string_view{method.data(), method.size()}}};
  question["params"] = parameters;
  auto http = session_.request(method, sdk::write(question));
  http.is_idempotent = true;
  auto authorization = session_.get(request, {});
  http.headers["Authorization"] = authorization;
  auto response = host_.fetch(request.call, http);
  if (response.status == 401) {  // the session is over
    http.headers["Authorization"] = session_.get(request, authorization);
    response = host_.fetch(request.call, http);
  }
  if (request.call) request.call->check();
  auto result = result_in(method, response);
  merge(provenance, provenance_of(response));
  return result;
}

sdk::json::array Client::read_page(const Listing& listing, std::int64_t before, const Request& request,
                                   Provenance& provenance) const {
  auto domain = listing.domain;
  if (before > 0) domain.with("id", "<", before);
  sdk::json::array newest_first;
  newest_first.push_back(sdk::json::array{"id", "DESC"});
  const auto method = method_of(listing.model, "search_read");
  auto page = call(method, {domain.clauses(), 0, page_rows, newest_first, texts(listing.fields), listing.context},
                   request, provenance);
  if (page.is_array()) return std::move(page.get_array());
  fail("tryton answered " + method + " without a list. Look at trytond's log.");
}

Rows Client::read_all(const Listing& listing, const Request& request) const {
  Rows out{listing.model, {}, {}};
  std::int64_t before = 0;
  while (true) {
    auto page = read_page(listing, before, request, out.provenance);
    const auto size = static_cast<std::int64_t>(page.size());
    for (auto& row : page) {
      const auto id = id_of(row);
      if (id <= 0 || (before > 0 && id >= before))
        fail("tryton answered " + method_of(listing.model, "search_read") +
             " with records out of order: what it holds is unknown. Look at trytond's version; 6.0 is known.");
      before = id;
      out.rows.push_back(std::move(row.get_object()));
    }
    report_progress(request, listing.model, out.rows.size());
    if (size < page_rows) return out;
    if (static_cast<std::int64_t>(out.rows.size()) >= most_rows) break;
  }
  const auto held = call(method_of(listing.model, "search_count"), {listing.domain.clauses(), listing.context}, request,
                         out.provenance);
  const auto* count = held.if_int64();
  out.provenance.rows_read = static_cast<std::int64_t>(out.rows.size());
  out.provenance.rows_held = std::max(out.provenance.rows_read, count ? *count : 0);
  out.provenance.is_truncated = out.provenance.rows_held > out.provenance.rows_read;
  if (!out.provenance.is_truncated) out.provenance.rows_read = out.provenance.rows_held = 0;
  return out;
}

sdk::ToolError unreadable(std::string_view model, const sdk::json::object& row, const FieldError& error) {
  const auto* id = row.if_contains("id");
  return sdk::ToolError{"tryton answered with a record of " + std::string{model} + " (id " +
                        (id ? sdk::write(*id) : "missing") + ") whose " + error.what() +
                        "; totals without it would be wrong. Look at that record in Tryton, or report this sentence."};
}

void Client::fail(const std::string& why) const {
  last_failure_.remember(why);
  throw sdk::ToolError{why};
}

sdk::json::object Client::health() const {
  return last_failure_.health("The next question tries again; see the upstream's own state for outages.");
}

}  // namespace tomada::erp::tryton

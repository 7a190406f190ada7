// Pages are asked one after the other: Omie counts concurrent requests of one method and lists count as one at a time.
// How many there are is taken from its answers, never from the size that was asked for, and the end is never passed: a
// page behind the end is an error to Omie, and ten errors block the account.
#include "omie/client.hpp"

#include "omie/fault.hpp"
#include "omie/record.hpp"

#include <algorithm>
#include <map>

namespace tomada::erp::omie {
namespace {

constexpr std::int64_t page_size = 500;    // the most Omie's help page names; it answers with as many as it likes
constexpr std::int64_t other_sizes = 100;  // after a write: pages of another size are another question to Omie, not one
                                           // that it refuses as redundant and the host answers from its copy
constexpr std::int64_t few = 20;
constexpr std::int64_t aside_ms = 2'000;  // what nobody waits for looks up so often, lest it holds up the server's end
constexpr std::int64_t in_time_ms = 1'800, longest_ms = 3 * 60'000;
constexpr std::int64_t most_pages = 60;
constexpr std::int64_t comfortable_pages = 12;  // so many are read for a question that fewer would answer

// Equal questions give equal texts: members by name.
std::string canonical(const sdk::json::object& parameters) {
  std::map<std::string, const sdk::json::value*> sorted;
  for (const auto& [name, value] : parameters) sorted.emplace(name, &value);
  sdk::json::object out;
  for (const auto& [name, value] : sorted) out[name] = *value;
  return sdk::write(out);
}

void report_progress(const Request& request, const Operation& operation, std::int64_t done, std::int64_t total) {
  if (request.call && total > 1)
    request.call->progress(static_cast<double>(done), static_cast<double>(total),
                           "omie " + std::string{operation.name});
}

void append(std::vector<sdk::json::object>& rows, ListPage& page) {
  for (auto& row : page.rows) rows.push_back(std::move(row));
}

Provenance provenance_of(const sdk::HttpResponse& response) {
  Provenance out;
  out.as_of_ms = response.read_at_ms;
  out.age_ms = response.age_ms;
  out.refresh_in_ms = response.refresh_in_ms;
  out.was_asked = !response.is_shared;
  return out;
}

}  // namespace

Client::Client(sdk::Host host, std::string upstream, std::string app_key, std::string app_secret)
    : host_{host}, upstream_{std::move(upstream)}, app_key_{std::move(app_key)}, app_secret_{std::move(app_secret)} {}

Reply Client::ask(const Operation& operation, const sdk::json::object& parameters, const Request& request) const {
  return last_failure_.watch([&] {
    return request.is_background ? ask_patiently(operation, parameters, request)
                                 : ask_now(operation, parameters, request);
  });
}

Reply Client::ask_patiently(const Operation& operation, const sdk::json::object& parameters,
                            const Request& request) const {
  const auto began = host_.steady_ms();
  while (true) {
    if (request.stop.stop_requested()) throw sdk::Cancelled{};
    const auto asked = host_.steady_ms();
    try {
      return ask_now(operation, parameters, request);
    } catch (const sdk::ToolError&) {
      const auto now = host_.steady_ms();
      if (now - asked < in_time_ms || now - began > longest_ms) throw;
    }
  }
}

sdk::HttpRequest Client::envelope(const Operation& operation, const std::string& parameters) const {
  sdk::HttpRequest http;
  http.upstream = upstream_;
  http.method = "POST";
  http.path = operation.path;
  http.headers = {{"Content-Type", "application/json"}};
  http.body = R"({"call":")" + std::string{operation.name} + R"(","app_key":)" +
              sdk::write(sdk::json::value(app_key_)) + R"(,"app_secret":)" + sdk::write(sdk::json::value(app_secret_)) +
              R"(,"param":[)" + parameters + "]}";
  http.account = app_key_;
  http.operation = operation.name;
  return http;
}

Client::Told Client::send(const Operation& operation, const std::string& parameters, const Request& request) const {
  const auto unsettled = [&](const sdk::HttpResponse& response) {
    const std::string what{no_answer(operation.name, response).what()};
    return Unsettled{what + " Whether it was booked is not known. Repeat the same call: it is never booked twice."};
  };
  if (request.call) request.call->check();
  const auto response = host_.fetch(request.call, envelope(operation, parameters));
  ++writes_;
  if (response.status == 0) throw unsettled(response);
  sdk::json::value body;
  try {
    body = sdk::read_exact(response.body);
  } catch (const std::runtime_error&) {
    throw unsettled(response);
  }
  if (auto fault = Fault::in(body)) return {{}, std::move(fault)};
  if (!body.is_object() || response.status >= 300) throw unsettled(response);
  return {std::move(body.get_object()), std::nullopt};
}

Reply Client::ask_now(const Operation& operation, const sdk::json::object& parameters, const Request& request) const {
  if (request.call) request.call->check();
  const auto question = canonical(parameters);
  auto http = envelope(operation, question);
  http.cache_key = question;
  http.is_idempotent = true;
  http.wants_fresh = request.wants_fresh;
  http.is_background = request.is_background;
  if (request.is_background) http.timeout_ms = aside_ms;
  const auto response = host_.fetch(request.call, http);
  if (request.call) request.call->check();
  if (response.status == 0) throw no_answer(operation.name, response);
  Reply out{{}, provenance_of(response), false};
  sdk::json::value body;
  try {
    body = sdk::read_exact(response.body);
  } catch (const std::runtime_error&) {
    throw no_answer(operation.name, response);
  }
  if (const auto fault = Fault::in(body)) {
    if (!fault->means_nothing_found()) throw refusal(operation.name, *fault);
    out.is_nothing = true;
    return out;
  }
  if (!body.is_object() || response.status >= 300) throw no_answer(operation.name, response);
  out.body = std::move(body.get_object());
  return out;
}

ListPage Client::ask_page(const Operation& operation, sdk::json::object& asked, std::int64_t page,
                          const Request& request) const {
  return ask_page(operation, asked, page, page_size - writes_ % other_sizes, request);
}

ListPage Client::read_page_of(const Operation& operation, const sdk::json::object& asked, std::int64_t page,
                              std::int64_t edition, const Request& request) const {
  auto question = asked;
  return ask_page(operation, question, page, page_size - other_sizes - edition % other_sizes, request);
}

std::int64_t Client::count(const Operation& operation, const sdk::json::object& asked, std::int64_t edition,
                           const Request& request) const {
  auto question = asked;
  return ask_page(operation, question, 1, 1 + edition % few, request).total;
}

ListPage Client::ask_page(const Operation& operation, sdk::json::object& asked, std::int64_t page, std::int64_t rows,
                          const Request& request) const {
  asked[operation.page_tag()] = page;
  asked[operation.size_tag()] = rows;
  auto reply = ask(operation, asked, request);
  return last_failure_.watch([&] { return read_page(operation, std::move(reply)); });
}

Rows Client::read_all(const Operation& operation, const sdk::json::object& broad, const Request& request,
                      const sdk::json::object& narrow) const {
  auto asked = broad;
  auto first = ask_page(operation, asked, 1, request);
  const bool is_narrow = first.pages > comfortable_pages && !narrow.empty();
  if (is_narrow) first = ask_page(operation, asked = narrow, 1, request);
  auto out = read_rest(operation, std::move(asked), std::move(first), request);
  out.is_narrow = is_narrow;
  return out;
}

// That there are no records is said of a page behind the end, too: a list that became shorter meanwhile. It is told
// with what it had, as incomplete, rather than refused: a busy company's lists change all day. Shorter by one is
// already incomplete: what followed the gap moved to a page that had been read before.
Rows Client::read_rest(const Operation& operation, sdk::json::object asked, ListPage first,
                       const Request& request) const {
  const bool is_too_long = first.pages > most_pages;
  const auto begin = is_too_long ? first.pages - most_pages + 2 : 2;
  const auto steps = std::min(first.pages, most_pages);
  Rows out;
  out.provenance = first.provenance;
  if (!is_too_long) append(out.rows, first);
  auto last_total = first.total;
  for (auto page = begin; page <= first.pages; ++page) {
    report_progress(request, operation, page - begin + 1, steps);
    auto next = ask_page(operation, asked, page, request);
    merge(out.provenance, next.provenance);
    if (next.is_nothing) break;
    last_total = next.total;
    append(out.rows, next);
  }
  report_progress(request, operation, steps, steps);
  const auto read = static_cast<std::int64_t>(out.rows.size());
  out.held = last_total;
  const bool is_whole = read == first.total || (read == last_total && last_total > first.total);
  if (!is_too_long && is_whole) return out;
  out.provenance.is_truncated = true;
  out.provenance.rows_read = read;
  out.provenance.rows_held = is_too_long ? last_total : std::max(first.total, last_total);
  return out;
}

sdk::json::object Client::health() const {
  return last_failure_.health("The next question tries again; see the upstream's own state for limits and blocks.");
}

}  // namespace tomada::erp::omie

// What Omie answers besides data. A fault is found by its faultstring whatever the status. Every fault counts towards
// the block of 30 minutes after ten, so nothing is repeated here that would only fail again.
#include "core/upstream/omie_rules.hpp"

#include "core/base/text.hpp"
#include "core/json/reader.hpp"

#include <algorithm>
#include <charconv>

namespace tomada::upstream {
namespace {

constexpr std::size_t omie_per_minute = 240;
constexpr std::size_t omie_per_minute_total = 960;
constexpr std::size_t omie_fault_limit = 7;
constexpr Milliseconds omie_window{60'000};
constexpr Milliseconds block_when_unsaid{30 * 60'000};
constexpr Milliseconds running_wait{2'000};
constexpr Milliseconds rate_wait{5'000};
constexpr std::size_t longest_body = 64u << 20;

bool contains(std::string_view text, std::string_view part) { return text.find(part) != std::string_view::npos; }

// "… Aguarde 41 segundos …", "… novamente em 1789 segundos."
std::optional<Milliseconds> seconds_in(std::string_view text) {
  const auto unit = text.find(" segundo");
  if (unit == std::string_view::npos) return std::nullopt;
  auto first = unit;
  while (first > 0 && text[first - 1] >= '0' && text[first - 1] <= '9') --first;
  long seconds = 0;
  const auto [end, error] = std::from_chars(text.data() + first, text.data() + unit, seconds);
  if (error != std::errc{} || end != text.data() + unit) return std::nullopt;
  return std::chrono::seconds{seconds};
}

std::string code_of(const OmieFault& fault, int status) {
  return fault.code.empty() ? text::concat({"HTTP ", std::to_string(status)}) : fault.code;
}

Judgement blocked(const Request& request, const OmieFault& fault, const Response& response) {
  Judgement out;
  out.is_failure = true;
  out.may_keep = false;
  out.code = code_of(fault, response.status);
  out.block = seconds_in(fault.text).value_or(block_when_unsaid) + Milliseconds{1'000};
  out.problem =
      text::concat({request.upstream, " has blocked ", request.method, " for this account (", out.code, ")."});
  out.next_step =
      text::concat({"wait ", std::to_string(out.block->count() / 1000), " s; asking earlier would prolong the block"});
  return out;
}

Judgement waiting(const Request& request, std::string_view what, Milliseconds wait) {
  Judgement out;
  out.is_failure = true;
  out.may_keep = false;
  out.may_retry = true;
  out.wait = wait;
  out.problem = text::concat({request.upstream, " ", what, " (", request.method, ")."});
  out.next_step = text::concat({"try again in ", std::to_string((wait.count() + 999) / 1000), " s"});
  return out;
}

// Omie counts this one too: like nearly every fault it comes with HTTP 500.
Judgement redundant(const Request& request, const OmieFault& fault) {
  const Milliseconds wait = seconds_in(fault.text).value_or(omie_window) + Milliseconds{1'000};
  Judgement out = waiting(request, "refuses the same question asked again so soon", wait);
  out.code = fault.code;
  out.is_wait_for_this_request = true;
  return out;
}

Judgement judge_fault(const Request& request, const OmieFault& fault, const Response& response) {
  if (response.status == 425 || contains(fault.code, "MISUSE_API_PROCESS") ||
      contains(fault.text, "bloqueada por consumo"))
    return blocked(request, fault, response);
  if (contains(fault.text, "REDUNDANT") || contains(fault.text, "Consumo redundante")) return redundant(request, fault);
  if (fault.code.ends_with("Client-1880") || fault.code.ends_with("Client-8020")) {
    Judgement out = waiting(request, "is still working on another request of this kind", running_wait);
    out.code = fault.code;
    return out;
  }
  Judgement out;  // the caller's matter: it knows what the fault means for its question
  out.is_failure = true;
  out.code = code_of(fault, response.status);
  out.may_keep = fault.code.ends_with("Client-5113") || fault.code.ends_with("Client-103");  // nothing found stays so
  return out;
}

std::string_view form_of(std::string_view body) {
  const auto first = body.find_first_not_of(" \t\r\n");
  if (first == std::string_view::npos) return "an empty body";
  body.remove_prefix(first);
  if (contains(body.substr(0, 512), "<html") || body.front() == '<') return "a web page";
  if (body.front() != '{' && body.front() != '[') return "a text that is no JSON";
  return json::read(body, {}, {.depth = 64, .bytes = longest_body}) ? "JSON that is no answer" : "broken JSON";
}

Judgement garbage(const Request& request, const Response& response) {
  Judgement out;
  out.is_failure = out.is_outage = true;
  out.was_accepted = true;  // perhaps; asked again it would be redundant, and that is a fault nearer to the block
  out.may_keep = false;
  out.code = text::concat({"HTTP ", std::to_string(response.status)});
  out.problem = text::concat({request.upstream, " answered ", request.method, " with ", form_of(response.body),
                              " instead of data (HTTP ", std::to_string(response.status), ")."});
  out.next_step = "try again in a minute; if it stays, see the ERP's status page";
  return out;
}

bool has_counter(const json::object& body, std::initializer_list<std::string_view> names) {
  return std::any_of(names.begin(), names.end(), [&body](std::string_view name) {
    const auto* found = json::find(body, name);
    return found && found->is_int64();
  });
}

bool says_empty(const json::object& body) {
  const auto names = {"total_de_registros", "nTotRegistros", "nTotalRegistros"};
  return std::any_of(names.begin(), names.end(), [&body](std::string_view name) {
    const auto* found = json::find(body, name);
    return found && found->is_int64() && found->get_int64() == 0;
  });
}

// Whether an answer could be the one that was asked for: a page has its counters and, unless they say 0, its list.
bool is_whole(const Request& request, const json::object& body) {
  if (body.empty()) return false;
  if (!contains(request.cache_key, "agina\":")) return true;  // no page was asked for
  const bool has_list =
      std::any_of(body.begin(), body.end(), [](const auto& field) { return field.value().is_array(); });
  return has_counter(body, {"total_de_paginas", "nTotPaginas", "nTotalPaginas"}) && (has_list || says_empty(body));
}

// The connector tells which field is missing; it is neither kept nor asked again inside the window.
Judgement hollow(const Response& response) {
  Judgement out;
  out.is_failure = out.is_outage = out.was_accepted = true;
  out.may_keep = false;
  out.code = text::concat({"HTTP ", std::to_string(response.status), " without its list"});
  return out;
}

std::optional<json::object> read_object(const Response& response) {
  auto parsed = json::read(response.body, {}, {.depth = 64, .bytes = longest_body});
  if (!parsed || !parsed->is_object()) return std::nullopt;
  return std::move(parsed->get_object());
}

OmieFault fault_in(const json::object& body) {
  const auto* text = json::find_string(body, "faultstring");
  const auto* code = json::find_string(body, "faultcode");
  return {code ? std::string{json::view(*code)} : std::string{}, text ? std::string{json::view(*text)} : std::string{}};
}

}  // namespace

void fill_in_omie_limits(UpstreamOptions& options) {
  if (options.per_minute == 0) options.per_minute = omie_per_minute;
  if (options.per_minute_total == 0) options.per_minute_total = omie_per_minute_total;
  if (options.response_window.count() == 0) options.response_window = omie_window;
  if (options.fault_limit == 0) options.fault_limit = omie_fault_limit;
  for (const char* method :
       {"ListarPedidos", "ListarContasReceber", "ListarContasPagar", "ListarMovimentos", "ListarLancCC"})
    if (auto& limit = options.methods[method]; limit.max_concurrent == 0) limit.max_concurrent = 1;
}

std::optional<OmieFault> omie_fault(const Response& response) {
  const auto body = read_object(response);
  if (!body || !json::find(*body, "faultstring")) return std::nullopt;
  return fault_in(*body);
}

Judgement judge_omie(const Request& request, const Response& response) {
  if (response.status == 429) return waiting(request, "has seen too many requests this minute", rate_wait);
  const auto body = read_object(response);
  if (body && json::find(*body, "faultstring")) return judge_fault(request, fault_in(*body), response);
  if (response.status == 425) return blocked(request, {}, response);
  if (!body || response.status >= 300) return garbage(request, response);
  return is_whole(request, *body) ? Judgement{} : hollow(response);
}

}  // namespace tomada::upstream

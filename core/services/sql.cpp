// tomada/draft/sql: one read-only statement to a database that the instance's settings name, under the deadline and the
// stop token of the call.
#include "core/base/text.hpp"
#include "core/json/reader.hpp"
#include "core/json/writer.hpp"
#include "core/services/offer.hpp"
#include <tomada/sql.h>

#include <algorithm>
#include <cstddef>
#include <cstring>

namespace tomada::services {
namespace {

using Receive = void (*)(void* context, const tomada_sql_answer* answer);

constexpr std::size_t most_rows = 1'000'000, most_bytes = 256u << 20;

Result<sql::Parameter> read_parameter(const json::value& from) {
  if (from.is_null()) return sql::Parameter{};
  if (from.is_bool()) return sql::Parameter{sql::Kind::boolean, from.get_bool() ? "true" : "false"};
  if (from.is_int64()) return sql::Parameter{sql::Kind::integer, std::to_string(from.get_int64())};
  if (!from.is_string())
    return failure(ErrorCode::invalid_argument, "a parameter is neither a string, an integer, a boolean nor null", {},
                   "give decimals and dates as strings");
  const auto text = json::view(from.get_string());
  if (text.find('\0') != std::string_view::npos)
    return failure(ErrorCode::invalid_argument, "a parameter holds the character NUL, which no database keeps");
  return sql::Parameter{sql::Kind::text, std::string{text}};
}

Result<std::vector<sql::Parameter>> read_parameters(std::string_view text) {
  std::vector<sql::Parameter> out;
  if (text.empty()) return out;
  const auto value = json::read(text);
  if (!value || !value->is_array()) return failure(ErrorCode::invalid_argument, "the parameters are no JSON array");
  for (const auto& each : value->get_array()) {
    auto parameter = read_parameter(each);
    if (!parameter) return parameter.error();
    out.push_back(std::move(*parameter));
  }
  return out;
}

// As much of the question as the plugin's struct has, the rest zero.
tomada_sql_question whole(const tomada_sql_question& raw) {
  tomada_sql_question out{};
  std::memcpy(&out, &raw, std::min<std::size_t>(raw.size, sizeof out));
  return out;
}

Result<sql::Question> to_question(const Offer& offer, const tomada_sql_question& raw, plugin::CallFace* face) {
  sql::Question out;
  out.upstream = view(raw.upstream);
  out.statement.text = view(raw.statement);
  auto parameters = read_parameters(view(raw.parameters));
  if (!parameters) return parameters.error();
  out.statement.parameters = std::move(*parameters);
  if (raw.max_rows > 0) out.bounds.rows = std::min<std::size_t>(raw.max_rows, most_rows);
  if (raw.max_bytes > 0) out.bounds.bytes = std::min<std::size_t>(raw.max_bytes, most_bytes);
  if (raw.timeout_ms > 0 && offer.reach().clock) {
    out.deadline = offer.reach().clock->steady_now() + Milliseconds{raw.timeout_ms};
  }
  const auto served = face ? face->served() : nullptr;
  if (!served) return out;
  const auto latest = served->deadline.load();
  if (latest < out.deadline.value_or(registry::Call::no_deadline)) out.deadline = latest;
  out.stop = served->stop_token();
  return out;
}

Result<sql::Answer> ask_granted(const Offer& offer, const tomada_sql_question& raw, plugin::CallFace* face) {
  const auto name = view(raw.upstream);
  if (!offer.may_reach(name)) return offer.not_given(name);
  const auto question = to_question(offer, raw, face);
  if (!question) return question.error();
  return offer.reach().databases->ask(*question);
}

void note_read(plugin::CallFace* face, std::int64_t now_ms) {
  if (!face) return;
  const auto oldest = face->oldest_read_ms.load();
  if (oldest == 0 || now_ms < oldest) face->oldest_read_ms = now_ms;
  face->has_asked = true;
}

void push_rows(const sql::Answer& answer, std::int64_t now_ms, void* context, Receive receive) {
  tomada_sql_answer out{};
  out.size = sizeof out;
  out.outcome = TOMADA_SQL_ROWS;
  out.dialect = lend(sql::name(answer.dialect));
  out.columns = lend(answer.table.columns);
  out.rows = lend(answer.table.rows);
  out.row_count = answer.table.row_count;
  out.read_at_ms = now_ms;
  receive(context, &out);
}

void push_failure(const Error& why, void* context, Receive receive) {
  const auto reason = why.text();
  tomada_sql_answer out{};
  out.size = sizeof out;
  out.outcome = why.code == ErrorCode::invalid_argument ? TOMADA_SQL_REFUSED : TOMADA_SQL_FAILED;
  out.problem = lend(reason);
  receive(context, &out);
}

void note_failure(plugin::CallFace& face, ErrorCode code) noexcept {
  if (code == ErrorCode::unreachable) face.is_unreachable = true;
  if (code == ErrorCode::unreachable || code == ErrorCode::timeout || code == ErrorCode::busy)
    face.has_upstream_failed = true;
}

void ask_database(const tomada_host* host, tomada_call* call, const tomada_sql_question* raw, void* context,
                  Receive receive) {
  const auto& offer = offer_of(host);
  auto* face = plugin::face_of(call);
  const Result<sql::Answer> trouble{failure(ErrorCode::internal, "the question failed; the server's log says why")};
  const auto answer =
      guarded(offer, "a plugin's question failed", trouble, [&] { return ask_granted(offer, whole(*raw), face); });
  const bool is_told = guarded(offer, "a plugin did not take an answer", false, [&] {
    if (!answer) return false;
    const auto now_ms = offer.reach().clock ? unix_ms(offer.reach().clock->wall_now()) : 0;
    note_read(face, now_ms);
    push_rows(*answer, now_ms, context, receive);
    return true;
  });
  if (is_told) return;
  const auto& why = answer ? trouble.error() : answer.error();
  if (face) note_failure(*face, why.code);
  (void)guarded(offer, "a plugin did not take a failure", false, [&] {
    push_failure(why, context, receive);
    return true;
  });
}

}  // namespace

const void* sql_table() noexcept {
  static const tomada_sql table{sizeof table, &ask_database};
  return &table;
}

}  // namespace tomada::services

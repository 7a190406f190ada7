// libpq without waiting inside it: what blocks is poll(), on the socket and on the caller's patience. Rows are taken
// one by one, so that an answer that is too long is never held as a whole.
#include "core/modules/postgresql/session.hpp"

#include "core/modules/postgresql/types.hpp"

#include <algorithm>
#include <array>
#include <poll.h>
#include <string_view>
#include <vector>

namespace tomada::postgresql {
namespace {

using sql::Broken;
using sql::Kind;

constexpr Milliseconds most_margin{500};  // for the server to tell that the time is over, before we hang up

std::string_view field(const PGresult* result, int code) {
  const char* text = PQresultErrorField(result, code);
  return text ? std::string_view{text} : std::string_view{};
}

std::string one_line(std::string_view text) {
  std::string out{text};
  std::replace_if(
      out.begin(), out.end(), [](char c) { return c >= '\0' && c < ' '; }, ' ');
  while (out.ends_with('.') || out.ends_with(' ')) out.pop_back();
  return out;
}

std::string next_step(std::string_view state, std::string_view hint) {
  if (state == "25006") return "it is only read; ask one SELECT";
  if (state == "42501") return "grant the upstream's user SELECT on it";
  if (state == "42601" || state == "42P05") return "ask one SELECT";
  return one_line(hint);
}

Trouble trouble_of(const PGresult* result) {
  const auto state = field(result, PG_DIAG_SQLSTATE);
  const auto said = one_line(field(result, PG_DIAG_MESSAGE_PRIMARY));
  if (state == "57014") return {Broken::too_slow, "it took longer than it may", {}};
  const bool is_ending = state.starts_with("57P") || state.starts_with("08") || state.empty();
  if (is_ending) return {Broken::cut, said.empty() ? "the connection ended" : said, {}};
  return {Broken::statement, said, next_step(state, field(result, PG_DIAG_MESSAGE_HINT))};
}

// The one thing that a read-only transaction does not keep from the machine is COPY … TO PROGRAM.
bool is_question(std::string_view text) {
  for (;;) {
    const auto begin = text.find_first_not_of(" \t\r\n(");
    text.remove_prefix(std::min(begin, text.size()));
    const bool is_remark = text.starts_with("--"), is_long_remark = text.starts_with("/*");
    if (!is_remark && !is_long_remark) break;
    const auto end = text.find(is_remark ? "\n" : "*/");
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + (is_remark ? 1 : 2));
  }
  std::string word;
  for (const char c : text.substr(0, 8)) {
    if ((c | 32) < 'a' || (c | 32) > 'z') break;
    word += static_cast<char>(c | 32);
  }
  constexpr std::array<std::string_view, 5> questions{"select", "with", "values", "table", "show"};
  return std::find(questions.begin(), questions.end(), word) != questions.end();
}

std::string opening(Milliseconds left) {
  const auto margin = std::min(most_margin, left / 4);
  const auto at_most = std::to_string(std::max<std::int64_t>((left - margin).count(), 1));
  return "BEGIN READ ONLY; SET LOCAL statement_timeout = " + at_most +
         "; SET LOCAL DateStyle = 'ISO, YMD'; SET LOCAL IntervalStyle = 'iso_8601'; SET LOCAL extra_float_digits = 1; "
         "SET LOCAL bytea_output = 'hex'; SET LOCAL standard_conforming_strings = on; SET LOCAL lc_monetary = 'C'";
}

std::vector<sql::Column> columns_of(const PGresult* result) {
  std::vector<sql::Column> out;
  out.reserve(static_cast<std::size_t>(PQnfields(result)));
  for (int i = 0; i < PQnfields(result); ++i)
    out.push_back({PQfname(result, i), std::string{type_name(PQftype(result, i))}});
  return out;
}

std::vector<sql::Cell> cells_of(const PGresult* result) {
  std::vector<sql::Cell> out(static_cast<std::size_t>(PQnfields(result)));
  for (int i = 0; i < PQnfields(result); ++i) {
    auto& cell = out[static_cast<std::size_t>(i)];
    if (PQgetisnull(result, 0, i) != 0) continue;
    cell.kind = kind_of(PQftype(result, i));
    cell.text = {PQgetvalue(result, 0, i), static_cast<std::size_t>(PQgetlength(result, 0, i))};
    if (cell.kind == Kind::boolean) cell.text = cell.text == "t" ? "true" : "false";
  }
  return out;
}

}  // namespace

bool PostgresqlSession::is_sound() {
  if (PQstatus(connection_.get()) != CONNECTION_OK || PQtransactionStatus(connection_.get()) != PQTRANS_IDLE)
    return false;
  pollfd watched{PQsocket(connection_.get()), POLLIN, 0};
  if (::poll(&watched, 1, 0) == 0) return true;
  return PQconsumeInput(connection_.get()) == 1 && PQstatus(connection_.get()) == CONNECTION_OK;
}

std::optional<Trouble> PostgresqlSession::ask(const sql::Statement& statement, sql::Receiver& receiver,
                                              const Patience& patience) {
  if (!is_question(statement.text))
    return Trouble{Broken::statement, "it is only read, and this statement does something else", "ask one SELECT"};
  const int backend = PQbackendPID(connection_.get());
  const Wait wait{patience};
  auto trouble = command(opening(patience.at_most), wait);
  bool has_enough = false;
  if (!trouble) trouble = send(statement);
  if (!trouble) trouble = receive_rows(receiver, wait, has_enough);
  const bool is_well = !trouble || trouble->how == Broken::statement || trouble->how == Broken::too_slow;
  if (is_well && !has_enough) {
    const Wait soon{{most_margin, {}}};
    if (command("ROLLBACK", soon)) connection_.reset();  // not to be used again
    return trouble;
  }
  connection_.reset();
  if (has_enough || (trouble && trouble->how == Broken::cancelled)) cancel_(backend);
  return trouble;
}

std::optional<Trouble> PostgresqlSession::command(const std::string& text, const Wait& wait) {
  if (PQsendQuery(connection_.get(), text.c_str()) == 0) return cut(connection_.get());
  return receive(wait, [](const PGresult*) -> std::optional<Trouble> { return std::nullopt; });
}

// Sent by the extended protocol, in which the server refuses more than one statement.
std::optional<Trouble> PostgresqlSession::send(const sql::Statement& statement) {
  std::vector<const char*> values;
  for (const auto& parameter : statement.parameters)
    values.push_back(parameter.kind == Kind::null ? nullptr : parameter.text.c_str());
  const int is_sent = PQsendQueryParams(connection_.get(), statement.text.c_str(), static_cast<int>(values.size()),
                                        nullptr, values.data(), nullptr, nullptr, 0);
  if (is_sent == 0) return cut(connection_.get());
  PQsetSingleRowMode(connection_.get());
  return std::nullopt;
}

std::optional<Trouble> PostgresqlSession::flush(const Wait& wait) {
  for (;;) {
    const int left = PQflush(connection_.get());
    if (left == 0) return std::nullopt;
    if (left < 0) return cut(connection_.get());
    if (auto trouble = wait.until_ready(PQsocket(connection_.get()), POLLIN | POLLOUT)) return trouble;
    if (PQconsumeInput(connection_.get()) == 0) return cut(connection_.get());
  }
}

std::optional<Trouble> PostgresqlSession::receive(const Wait& wait, const Each& each) {
  if (auto trouble = flush(wait)) return trouble;
  std::optional<Trouble> refusal;  // the rest must still be read
  for (;;) {
    while (PQisBusy(connection_.get()) != 0) {
      if (auto trouble = wait.until_ready(PQsocket(connection_.get()), POLLIN)) return trouble;
      if (PQconsumeInput(connection_.get()) == 0) return cut(connection_.get());
    }
    const ResultPtr result{PQgetResult(connection_.get())};
    if (!result) return refusal;
    const auto status = PQresultStatus(result.get());
    if (status == PGRES_COPY_IN || status == PGRES_COPY_OUT || status == PGRES_COPY_BOTH)
      return Trouble{Broken::cut, "it began to copy", {}};
    if (status == PGRES_FATAL_ERROR || status == PGRES_BAD_RESPONSE) {
      refusal = trouble_of(result.get());
      if (refusal->how == Broken::cut) return refusal;
    } else if (auto trouble = each(result.get())) {
      return trouble;
    }
  }
}

std::optional<Trouble> PostgresqlSession::receive_rows(sql::Receiver& receiver, const Wait& wait, bool& has_enough) {
  bool has_columns = false;
  const auto take = [&](const PGresult* result) -> std::optional<Trouble> {
    const auto status = PQresultStatus(result);
    if (status != PGRES_SINGLE_TUPLE && status != PGRES_TUPLES_OK) return std::nullopt;
    if (!has_columns) receiver.columns(columns_of(result));
    has_columns = true;
    if (status == PGRES_TUPLES_OK || receiver.row(cells_of(result))) return std::nullopt;
    has_enough = true;
    return Trouble{};
  };
  auto trouble = receive(wait, take);
  return has_enough ? std::nullopt : trouble;
}

}  // namespace tomada::postgresql

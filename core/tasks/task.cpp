// A record is one flat JSON object. What is JSON already (arguments, answers, results) is kept as a string in it, so
// that it comes back byte for byte and is not parsed by those who only look at the status.
#include "core/tasks/task.hpp"

#include "core/json/reader.hpp"
#include "core/json/writer.hpp"

#include <array>
#include <utility>

namespace tomada::tasks {
namespace {

using registry::Outcome;

constexpr std::array<std::string_view, 5> status_names{"working", "input_required", "completed", "failed", "cancelled"};

template <class Kept, class Text>
using Field = std::pair<const char*, Text Kept::*>;
constexpr std::array<Field<Task, std::string>, 11> task_texts{{{"owner", &Task::owner},
                                                               {"message", &Task::message},
                                                               {"tool", &Task::tool},
                                                               {"arguments", &Task::arguments},
                                                               {"capabilities", &Task::capabilities},
                                                               {"protocol", &Task::protocol},
                                                               {"correlation", &Task::correlation},
                                                               {"answers", &Task::answers},
                                                               {"state", &Task::state},
                                                               {"questions", &Task::questions},
                                                               {"process", &Task::process}}};
constexpr std::array<Field<Outcome, std::string>, 4> outcome_texts{{{"structured", &Outcome::structured},
                                                                    {"content", &Outcome::content},
                                                                    {"meta", &Outcome::meta},
                                                                    {"error", &Outcome::message}}};

template <class Kept, std::size_t count>
void write_texts(json::object& out, const Kept& from, const std::array<Field<Kept, std::string>, count>& fields) {
  for (const auto& [name, member] : fields) {
    if (!(from.*member).empty()) out[name] = json::key(from.*member);
  }
}

template <class Kept, std::size_t count>
void read_texts(const json::object& from, Kept& out, const std::array<Field<Kept, std::string>, count>& fields) {
  for (const auto& [name, member] : fields) {
    const auto* found = json::find_string(from, name);
    if (found) (out.*member) = json::view(*found);
  }
}

std::int64_t number(const json::object& from, std::string_view name) noexcept {
  const auto* found = json::find(from, name);
  if (!found) return 0;
  return found->is_int64() ? found->get_int64() : -1;
}

json::object write_outcome(const Outcome& outcome) {
  json::object out{{"kind", static_cast<int>(outcome.kind)},
                   {"origin", static_cast<int>(outcome.freshness.origin)},
                   {"source", outcome.freshness.source},
                   {"as_of", outcome.freshness.as_of},
                   {"age_ms", outcome.freshness.age.count()}};
  write_texts(out, outcome, outcome_texts);
  return out;
}

Outcome read_outcome(const json::object& from) {
  Outcome out;
  read_texts(from, out, outcome_texts);
  const auto kind = number(from, "kind");
  const bool is_kind = kind >= 0 && kind <= static_cast<int>(registry::OutcomeKind::internal);
  out.kind = is_kind ? static_cast<registry::OutcomeKind>(kind) : registry::OutcomeKind::internal;
  const auto origin = number(from, "origin");
  if (origin >= 0 && origin <= static_cast<int>(registry::Origin::stale)) {
    out.freshness.origin = static_cast<registry::Origin>(origin);
  }
  if (const auto* source = json::find_string(from, "source")) out.freshness.source = json::view(*source);
  if (const auto* as_of = json::find_string(from, "as_of")) out.freshness.as_of = json::view(*as_of);
  out.freshness.age = Milliseconds{number(from, "age_ms")};
  return out;
}

}  // namespace

std::string_view name(Status status) noexcept { return status_names.at(static_cast<std::size_t>(status)); }

bool is_over(Status status) noexcept {
  return status == Status::completed || status == Status::failed || status == Status::cancelled;
}

std::string write_record(const Task& task) {
  json::object out{{"status", static_cast<int>(task.status)},
                   {"created", unix_ms(task.created)},
                   {"updated", unix_ms(task.updated)},
                   {"ttl", task.time_to_live.count()},
                   {"round", task.round},
                   {"restarts", task.restarts}};
  write_texts(out, task, task_texts);
  if (task.outcome) out["outcome"] = write_outcome(*task.outcome);
  return json::text(out);
}

std::optional<Task> read_record(std::string_view id, std::string_view text) {
  const auto read = json::read(text, {}, {.bytes = 2 * most_record_bytes});
  const auto* members = read ? read->if_object() : nullptr;
  const auto status = members && json::find(*members, "status") ? number(*members, "status") : -1;
  if (status < 0 || status >= static_cast<std::int64_t>(status_names.size())) return std::nullopt;
  Task out;
  out.id = id;
  out.status = static_cast<Status>(status);
  out.created = WallTime{Milliseconds{number(*members, "created")}};
  out.updated = WallTime{Milliseconds{number(*members, "updated")}};
  out.time_to_live = Milliseconds{number(*members, "ttl")};
  out.round = static_cast<int>(number(*members, "round"));
  out.restarts = static_cast<int>(number(*members, "restarts"));
  read_texts(*members, out, task_texts);
  if (const auto* outcome = json::find_object(*members, "outcome")) out.outcome = read_outcome(*outcome);
  return out;
}

}  // namespace tomada::tasks

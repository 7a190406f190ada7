#include "core/protocol/modern/task_run.hpp"

#include "core/base/text.hpp"
#include "core/json/reader.hpp"
#include "core/json/writer.hpp"
#include "core/protocol/call_result.hpp"
#include "core/protocol/names.hpp"
#include "core/protocol/questions.hpp"
#include "core/registry/target.hpp"
#include "core/tasks/board.hpp"

#include <algorithm>
#include <cmath>
#include <utility>

namespace tomada::protocol::modern {
namespace {

using registry::Outcome;
using registry::OutcomeKind;
using tasks::Status;
using tasks::Task;

constexpr int most_rounds = 32;

json::object read_object(const std::string& text) {
  const auto read = text.empty() ? json::object{} : json::read(text, {}, kept_limits).value();  // we wrote it
  return read.is_object() ? read.get_object() : json::object{};
}

void end(Task& task, Status status, Outcome outcome) {
  task.status = status;
  task.outcome = std::move(outcome);
  task.message.clear();
}

// Why the client cannot answer; empty: it can.
std::string unaskable(const Task& task, const json::object& questions) {
  if (questions.empty()) return "the tool asked for input and named no question";
  if (task.round >= most_rounds) {
    return text::concat({"the task asked ", std::to_string(most_rounds), " times and still has no answer"});
  }
  const auto declared = read_object(task.capabilities);
  json::object lacking;
  for (const auto& [_, question] : questions) {
    const auto& method = question.at("method").as_string();  // the plugin host has checked the shape
    const auto needed = needs_of(json::view(method), question.at("params").as_object());
    if (!has_all(declared, needed)) merge_needs(lacking, needed);
  }
  if (lacking.empty()) return {};
  return text::concat(
      {"this task must ask, and the client has not declared that it can be asked: ", json::text(lacking)});
}

// A tool may ask twice under one key, so the round goes before it: keys are unique over the life of a task.
void ask(Task& task, const Outcome& outcome) {
  const auto asked = json::read(outcome.requests, {}, kept_limits);
  const auto questions = asked && asked->is_object() ? asked->get_object() : json::object{};
  if (auto problem = unaskable(task, questions); !problem.empty()) {
    return end(task, Status::completed, Outcome::tool_error(std::move(problem)));
  }
  ++task.round;
  json::object told;
  for (const auto& [key, question] : questions) {
    told[json::key(text::concat({std::to_string(task.round), ".", json::view(key)}))] = question;
  }
  task.status = Status::input_required;
  task.questions = json::text(told);
  task.state = outcome.state;
  task.answers.clear();
}

void take(Task& task, const Outcome& outcome) {
  if (outcome.kind == OutcomeKind::needs_input) return ask(task, outcome);
  if (outcome.kind == OutcomeKind::cancelled) return end(task, Status::cancelled, outcome);
  const bool is_result = !problem_of(outcome, task.correlation);
  end(task, is_result ? Status::completed : Status::failed, outcome);
}

std::string standing(const registry::Progress& progress) {
  if (!progress.message.empty()) return std::string{progress.message};
  if (!progress.total || *progress.total <= 0) return {};
  return text::concat({std::to_string(std::lround(100 * progress.done / *progress.total)), " %"});
}

}  // namespace

void TaskRun::progressed(const registry::Progress& progress) {
  if (const auto message = standing(progress); !message.empty()) service_.tasks->note(id_, message);
}

// A server that goes leaves the task as it is: whoever is asked for it next begins again where that does no harm.
void TaskRun::finished(const Outcome& outcome) {
  const bool is_cut_off = outcome.kind == OutcomeKind::refused && service_.dispatcher.is_draining();
  if (!is_cut_off) {
    (void)service_.tasks->change(id_, owner_, [&outcome](Task& task) {
      take(task, outcome);
      return true;
    });
  }
  service_.tasks->rest(id_, round_);
}

bool knows_tasks(const Request& request) noexcept {
  const auto* meta = request.revision->era == Era::modern ? request.message->meta() : nullptr;
  const auto* declared = meta ? json::find_object(*meta, names::client_capabilities) : nullptr;
  const auto* extensions = declared ? json::find_object(*declared, "extensions") : nullptr;
  return extensions && json::find_object(*extensions, names::tasks_extension);
}

Milliseconds time_limit(const Service& service, const registry::Target* target) noexcept {
  const auto& policy = target ? target->description().task : std::nullopt;
  const auto own = policy ? policy->time_limit : std::nullopt;
  return std::min(own.value_or(service.task_time_limit), tasks::Board::time_to_live);
}

std::optional<Task> open_task(const Service& service, registry::Call& call) {
  if (!service.tasks || !call.target || !call.target->description().task) return std::nullopt;
  const auto& asked = call.request();
  Task task;
  task.owner = owner_of(*asked.principal);
  task.tool = asked.tool;
  task.arguments = call.arguments_text();
  if (asked.capabilities) task.capabilities = json::text(*asked.capabilities);
  task.protocol = asked.protocol;
  task.correlation = asked.correlation;
  task.answers = asked.answers;
  task.state = asked.state;
  auto opened = service.tasks->open(std::move(task), call.weak_from_this());
  if (!opened) return std::nullopt;
  return std::move(*opened);
}

void go_on(const Service& service, const Task& task, const Request& request) {
  registry::CallRequest what;
  what.tool = task.tool;
  const auto arguments = std::make_shared<const json::value>(read_object(task.arguments));
  what.arguments = arguments.get();
  what.storage = arguments;
  what.answers = task.answers;
  what.state = task.state;
  what.capabilities = std::make_shared<const json::object>(read_object(task.capabilities));
  what.principal = request.principal;
  what.correlation = task.correlation;
  what.transport = request.transport;
  what.protocol = task.protocol;
  what.is_admitted = true;
  what.time_limit = time_limit(service, service.dispatcher.catalogue()->find(task.tool).get());
  const auto call = std::make_shared<registry::Call>(std::move(what), std::make_unique<TaskRun>(service, task));
  service.tasks->work(task, call);
  const auto now = service.tasks->find(task.id, task.owner);
  if (now && now->status == Status::working) return service.dispatcher.run(call);
  service.tasks->rest(task.id, task.round);  // cancelled meanwhile
}

}  // namespace tomada::protocol::modern

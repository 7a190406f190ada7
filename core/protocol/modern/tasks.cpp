// Whoever knows a task's id and is its owner may see it, from any process of the state folder. A task that nobody works
// on any more, because its process has gone, is found so by the next one who asks for it.
#include "core/protocol/modern/tasks.hpp"

#include "core/json/reader.hpp"
#include "core/json/writer.hpp"
#include "core/protocol/capabilities.hpp"
#include "core/protocol/modern/task_frames.hpp"
#include "core/protocol/modern/task_run.hpp"
#include "core/protocol/names.hpp"
#include "core/protocol/questions.hpp"
#include "core/protocol/tools.hpp"
#include "core/tasks/board.hpp"

#include <utility>

namespace tomada::protocol::modern {
namespace {

using tasks::Status;
using tasks::Task;

Problem no_such_task() { return invalid_params("there is no such task; its time may be over"); }

registry::Outcome cut_off() {
  return registry::Outcome::failed(
      registry::OutcomeKind::internal,
      "the server stopped while it worked on this task; whether that took effect is not known, so look before you "
      "call the tool again");
}

bool may_repeat(const registry::Tool* tool) noexcept {
  return tool && (tool->description().annotations.is_read_only || tool->description().annotations.is_idempotent);
}

// Takes what answers an open question, under the tool's own key. False: nothing did.
bool take_answers(Task& task, const json::object& given) {
  auto open = json::read(task.questions, {}, kept_limits).value().as_object();  // we wrote it, as the answers
  auto answers = task.answers.empty() ? json::object{} : json::read(task.answers, {}, kept_limits).value().as_object();
  const auto before = open.size();
  for (const auto& [key, answer] : given) {
    const auto* question = json::find_object(open, json::view(key));
    if (!question || !is_answer(answer, json::view(question->at("method").as_string()))) continue;
    const auto own = json::view(key).substr(json::view(key).find('.') + 1);
    answers[json::key(own)] = answer;
    open.erase(key);
  }
  task.answers = json::text(answers);
  task.questions = open.empty() ? std::string{} : json::text(open);
  return open.size() != before;
}

}  // namespace

Problem lacks_tasks() {
  json::object extensions;
  extensions[json::key(names::tasks_extension)] = json::object{};
  return lacking_capability("this takes a client that knows tasks: declare the extension in clientCapabilities",
                            {{"extensions", std::move(extensions)}});
}

bool Tasks::is_offered(const registry::Catalogue& catalogue) const noexcept {
  return service_.tasks && offers_tasks(catalogue);
}

bool Tasks::has(std::string_view method) noexcept {
  return method == names::get_task || method == names::update_task || method == names::cancel_task;
}

void Tasks::answer(const Request& request) const {
  if (!knows_tasks(request)) return refuse(request, lacks_tasks());
  const auto* id = json::find_string(*request.message->params(), "taskId");
  if (!id) return refuse(request, invalid_params(R"("taskId" must be a string)"));
  const Handle handle{json::view(*id), owner_of(*request.principal)};
  const auto method = request.message->method();
  if (method == names::get_task) return get(request, handle);
  return method == names::update_task ? update(request, handle) : cancel(request, handle);
}

void Tasks::get(const Request& request, const Handle& handle) const {
  auto task = service_.tasks->find(handle.id, handle.owner);
  if (!task) return refuse(request, no_such_task());
  if (task->status == Status::working && service_.tasks->is_abandoned(*task)) {
    if (auto now = recover(*task, request)) task = std::move(now);
  }
  protocol::answer(request, details_frame(request.message->id(), *task, *server_info_));
}

std::optional<Task> Tasks::recover(const Task& task, const Request& request) const {
  const auto tool = service_.dispatcher.catalogue()->find(task.tool);
  const bool begins_again = may_repeat(tool.get()) && task.restarts == 0;  // twice: perhaps the task ends the process
  bool is_ours = false;
  auto now = service_.tasks->change(task.id, task.owner, [&](Task& each) {
    is_ours = each.status == Status::working && service_.tasks->is_abandoned(each);
    if (!is_ours) return false;
    each.process = service_.tasks->process();
    ++each.restarts;
    if (begins_again) return true;
    each.status = Status::failed;
    each.outcome = cut_off();
    return true;
  });
  if (now && is_ours && begins_again) go_on(service_, *now, request);
  return now;
}

void Tasks::update(const Request& request, const Handle& handle) const {
  const auto* given = json::find_object(*request.message->params(), "inputResponses");
  bool is_answered = false;
  const auto now = service_.tasks->change(handle.id, handle.owner, [&](Task& each) {
    is_answered = false;
    if (!given || each.status != Status::input_required || !take_answers(each, *given)) return false;
    is_answered = each.questions.empty();
    if (!is_answered) return true;
    each.status = Status::working;
    each.process = service_.tasks->process();
    return true;
  });
  if (!now) return refuse(request, no_such_task());
  if (!given) return refuse(request, invalid_params(R"("inputResponses" must be an object)"));
  if (is_answered) go_on(service_, *now, request);
  protocol::answer(request, acknowledged_frame(request.message->id(), *server_info_));
}

void Tasks::cancel(const Request& request, const Handle& handle) const {
  const auto now = service_.tasks->change(handle.id, handle.owner, [](Task& each) {
    each.status = Status::cancelled;
    each.questions.clear();
    return true;
  });
  if (!now) return refuse(request, no_such_task());
  service_.tasks->stop(handle.id);
  protocol::answer(request, acknowledged_frame(request.message->id(), *server_info_));
}

std::optional<Problem> Tasks::call_problem(const Request& request) const {
  if (knows_tasks(request) || !tools::requires_task(service_, request)) return std::nullopt;
  return lacks_tasks();
}

}  // namespace tomada::protocol::modern

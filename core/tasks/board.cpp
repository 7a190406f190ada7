// Records are changed by compare and swap, so any process of the state folder may cancel or answer a task, and of two
// that do the second sees what the first has done. A process that works on tasks holds a lock on a file of its own,
// which the kernel gives up with it: that is how others learn that nobody works on its tasks any more.
#include "core/tasks/board.hpp"

#include "core/base/id.hpp"
#include "core/base/text.hpp"

#include <algorithm>
#include <filesystem>
#include <utility>

namespace tomada::tasks {
namespace {

constexpr std::string_view space = "tasks";
constexpr int most_attempts = 16;
constexpr std::size_t longest_note = 1000;  // bytes
constexpr const char* lock_suffix = ".lock";

namespace fs = std::filesystem;

bool is_held(const std::string& path) {
  storage::Leader probe{path};
  return !probe.try_lead();
}

}  // namespace

Board::Board(const Ground& ground, std::string folder) : ground_{ground}, folder_{std::move(folder)} {
  std::error_code failed;
  fs::create_directories(folder_, failed);
  fs::permissions(folder_, fs::perms::owner_all, failed);
  sweep();
  for (int attempt = 0; attempt < most_attempts; ++attempt) {  // another one may sweep the file before it is locked
    process_ = random_hex(8);
    alive_ = std::make_unique<storage::Leader>(text::concat({folder_, "/", process_, lock_suffix}));
    if (alive_->try_lead()) return;
  }
  ground_.log.error("no lock file can be held: other processes will take this one's tasks for abandoned",
                    {{"folder", folder_}});
}

Board::~Board() {
  std::error_code failed;
  fs::remove(text::concat({folder_, "/", process_, lock_suffix}), failed);
}

// Lock files of processes that have gone.
void Board::sweep() const {
  std::error_code failed;
  for (const auto& entry : fs::directory_iterator{folder_, failed}) {
    if (entry.path().extension() == lock_suffix && !is_held(entry.path())) fs::remove(entry.path(), failed);
  }
}

std::optional<Error> Board::enter(const Task& task, std::weak_ptr<registry::Call> call) {
  const std::lock_guard lock{mutex_};
  const auto is_theirs = [&](const auto& entry) { return entry.second.owner == task.owner; };
  const auto theirs = static_cast<std::size_t>(std::count_if(work_.begin(), work_.end(), is_theirs));
  if (theirs >= most_per_owner || work_.size() >= most_running) {
    return failure(ErrorCode::busy,
                   text::concat({std::to_string(theirs >= most_per_owner ? theirs : work_.size()),
                                 " tasks are under way already"}),
                   "tasks", "wait for one of them to end, or cancel one");
  }
  work_.emplace(task.id, Work{task.owner, std::move(call), {}, {}});
  return std::nullopt;
}

Result<Task> Board::open(Task task, std::weak_ptr<registry::Call> call) {
  task.id = random_hex(16);
  task.status = Status::working;
  task.created = task.updated = std::chrono::floor<Milliseconds>(ground_.clock.wall_now());
  task.time_to_live = time_to_live;
  task.process = process_;
  if (auto refused = enter(task, std::move(call))) return std::move(*refused);
  const auto put = ground_.store.put(space, task.id, write_record(task), task.time_to_live);
  if (put) return task;
  rest(task.id);
  return put.error();
}

std::optional<Task> Board::find(std::string_view id, std::string_view owner) const {
  const auto kept = ground_.store.get(space, id);
  if (!kept || !*kept) return std::nullopt;
  auto task = read_record(id, **kept);
  if (!task || task->owner != owner) return std::nullopt;
  if (is_over(task->status)) stop(id);  // another process may have cancelled what this one works on
  const std::lock_guard lock{mutex_};
  const auto here = work_.find(id);
  if (task->status != Status::working || here == work_.end() || here->second.message.empty()) return task;
  task->message = here->second.message;
  task->updated = std::max(task->updated, here->second.noted);
  return task;
}

std::optional<Task> Board::change(std::string_view id, std::string_view owner, const Change& change) {
  for (int attempt = 0; attempt < most_attempts; ++attempt) {
    const auto kept = ground_.store.get(space, id);
    if (!kept || !*kept) return std::nullopt;
    auto task = read_record(id, **kept);
    if (!task || task->owner != owner) return std::nullopt;
    if (is_over(task->status) || !change(*task)) return task;
    const auto now = std::chrono::floor<Milliseconds>(ground_.clock.wall_now());
    task->updated = std::max(task->updated, WallTime{now});
    const auto left = std::chrono::ceil<Milliseconds>(task->created + task->time_to_live - now);
    const auto put = ground_.store.replace(space, id, **kept, write_record(*task), std::max(left, Milliseconds{1}));
    if (!put) {
      ground_.log.error("a task could not be kept", {{"task", std::string{id}}, {"problem", put.error().text()}});
      return std::nullopt;
    }
    if (!*put) continue;  // another process was faster
    ground_.changes.tell_task(id);
    return task;
  }
  return std::nullopt;
}

void Board::work(const Task& task, std::weak_ptr<registry::Call> call) {
  const std::lock_guard lock{mutex_};
  work_.insert_or_assign(task.id, Work{task.owner, std::move(call), {}, {}});
}

void Board::rest(std::string_view id) {
  const std::lock_guard lock{mutex_};
  if (const auto found = work_.find(id); found != work_.end()) work_.erase(found);
}

void Board::note(std::string_view id, std::string_view message) {
  {
    const std::lock_guard lock{mutex_};
    const auto found = work_.find(id);
    if (found == work_.end() || found->second.message == message) return;
    found->second.message = text::prefix(message, longest_note);
    found->second.noted = std::chrono::floor<Milliseconds>(ground_.clock.wall_now());
  }
  ground_.changes.tell_task(id);
}

void Board::stop(std::string_view id) const {
  std::shared_ptr<registry::Call> call;
  {
    const std::lock_guard lock{mutex_};
    const auto found = work_.find(id);
    if (found != work_.end()) call = found->second.call.lock();
  }
  if (call) call->cancel();
}

bool Board::is_abandoned(const Task& task) const {
  if (task.process == process_) {
    const std::lock_guard lock{mutex_};
    return !work_.contains(task.id);
  }
  const auto path = text::concat({folder_, "/", task.process, lock_suffix});
  std::error_code failed;
  if (!fs::exists(path, failed)) return true;
  if (is_held(path)) return false;
  fs::remove(path, failed);
  return true;
}

std::size_t Board::running() const {
  const std::lock_guard lock{mutex_};
  return work_.size();
}

}  // namespace tomada::tasks

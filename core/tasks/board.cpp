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

void drop_what_is_too_large(Task& task, std::size_t bytes) {
  const auto words = text::concat({"the answer is too large to be kept (", std::to_string(bytes),
                                   " bytes): ask for less (a smaller limit, a narrower filter)"});
  task.status = Status::completed;
  task.outcome = registry::Outcome::tool_error(words);
  task.questions.clear();
  task.answers.clear();
  task.state.clear();
}

// No process holds it; what one that has gone left behind is removed.
bool is_free(const std::string& path) {
  storage::Leader probe{path};
  if (!probe.try_lead()) return false;
  std::error_code failed;
  fs::remove(path, failed);
  return true;
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
    if (entry.path().extension() == lock_suffix) (void)is_free(entry.path());
  }
}

void Board::forget_expired() {
  const auto now = ground_.clock.wall_now();
  std::erase_if(known_, [now](const auto& entry) { return entry.second.until <= now && !entry.second.is_at_work; });
}

std::optional<Error> Board::enter(const Task& task, std::weak_ptr<registry::Call> call, std::size_t bytes) {
  const std::lock_guard lock{mutex_};
  forget_expired();
  std::size_t unfinished = 0, kept = bytes;
  for (const auto& [_, known] : known_) {
    if (known.owner != task.owner) continue;
    unfinished += known.is_over ? 0 : 1;
    kept += known.bytes;
  }
  if (unfinished >= most_unfinished || kept > most_bytes || known_.size() >= most_kept) {
    const auto what = kept > most_bytes ? text::concat({std::to_string(kept), " bytes of tasks"})
                                        : text::concat({std::to_string(unfinished), " tasks"});
    return failure(ErrorCode::busy, text::concat({what, " are kept for this client already"}), "tasks",
                   "wait for some of them to end, or cancel them");
  }
  known_.emplace(task.id,
                 Known{task.owner, task.created + task.time_to_live, false, bytes, task.round, true, std::move(call)});
  return std::nullopt;
}

Result<Task> Board::open(Task task, std::weak_ptr<registry::Call> call) {
  task.id = random_hex(16);
  task.status = Status::working;
  task.created = task.updated = std::chrono::floor<Milliseconds>(ground_.clock.wall_now());
  task.time_to_live = time_to_live;
  task.process = process_;
  const auto record = write_record(task);
  if (auto refused = enter(task, std::move(call), record.size())) return std::move(*refused);
  const auto put = ground_.store.put(space, task.id, record, task.time_to_live);
  if (put) return task;
  const std::lock_guard lock{mutex_};
  known_.erase(task.id);
  return put.error();
}

std::optional<Task> Board::find(std::string_view id, std::string_view owner) const {
  const auto kept = ground_.store.get(space, id);
  if (!kept || !*kept) return std::nullopt;
  auto task = read_record(id, **kept);
  if (!task || task->owner != owner) return std::nullopt;
  if (is_over(task->status)) stop(id);  // another process may have cancelled what this one works on
  const std::lock_guard lock{mutex_};
  const auto here = known_.find(id);
  if (task->status != Status::working || here == known_.end() || here->second.message.empty()) return task;
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
    auto record = write_record(*task);
    if (record.size() > most_record_bytes) {
      drop_what_is_too_large(*task, record.size());
      record = write_record(*task);
    }
    const auto put = ground_.store.replace(space, id, **kept, record, std::max(left, Milliseconds{1}));
    if (!put) {
      ground_.log.error("a task could not be kept", {{"task", std::string{id}}, {"problem", put.error().text()}});
      return std::nullopt;
    }
    if (!*put) continue;  // another process was faster
    note_change(*task, record.size());
    ground_.changes.tell_task(id);
    return task;
  }
  ground_.log.error("a task changes faster than it can be kept", {{"task", id}});
  return std::nullopt;
}

void Board::note_change(const Task& task, std::size_t bytes) {
  const std::lock_guard lock{mutex_};
  const auto found = known_.find(task.id);
  if (found == known_.end()) return;
  found->second.is_over = is_over(task.status);
  found->second.bytes = bytes;
  found->second.message.clear();
}

void Board::work(const Task& task, std::weak_ptr<registry::Call> call) {
  const std::lock_guard lock{mutex_};
  auto& known = known_[task.id];
  known = Known{task.owner, task.created + task.time_to_live, false, known.bytes, task.round, true, std::move(call)};
}

void Board::rest(std::string_view id, int round) {
  const std::lock_guard lock{mutex_};
  const auto found = known_.find(id);
  if (found == known_.end() || found->second.round != round) return;  // the next call is at work already
  found->second.is_at_work = false;
  found->second.call.reset();
}

void Board::note(std::string_view id, std::string_view message) {
  {
    const std::lock_guard lock{mutex_};
    const auto found = known_.find(id);
    if (found == known_.end() || !found->second.is_at_work || found->second.message == message) return;
    found->second.message = text::prefix(message, longest_note);
    found->second.noted = std::chrono::floor<Milliseconds>(ground_.clock.wall_now());
  }
  ground_.changes.tell_task(id);
}

void Board::stop(std::string_view id) const {
  std::shared_ptr<registry::Call> call;
  {
    const std::lock_guard lock{mutex_};
    const auto found = known_.find(id);
    if (found != known_.end()) call = found->second.call.lock();
  }
  if (call) call->cancel();
}

bool Board::is_abandoned(const Task& task) const {
  if (task.process == process_) return false;
  const auto path = text::concat({folder_, "/", task.process, lock_suffix});
  std::error_code failed;
  return !fs::exists(path, failed) || is_free(path);
}

std::size_t Board::running() const {
  const std::lock_guard lock{mutex_};
  const auto is_at_work = [](const auto& entry) { return entry.second.is_at_work; };
  return static_cast<std::size_t>(std::count_if(known_.begin(), known_.end(), is_at_work));
}

}  // namespace tomada::tasks

// One thread writes at a time; what others send meanwhile waits in `pending_` and leaves with the writer's next turn.
// The mutex is never held while writing. A client that does not read must not make the process unstoppable, so a write
// never blocks in the kernel: it waits in poll, beside the events that end the waiting.
#include "transports/stdio/output.hpp"

#include <algorithm>
#include <atomic>
#include <cerrno>
#include <poll.h>
#include <sys/uio.h>
#include <unistd.h>

namespace tomada::stdio {
namespace {

constexpr std::size_t most_gathered = 64u << 10;
constexpr std::size_t most_pending = 1u << 20;  // beyond it no further frame is read
constexpr std::size_t most_unread = 4u << 20;   // beyond it nothing is added that nobody waits for
constexpr std::size_t surely_writable = 4096;   // what a pipe takes without blocking once poll calls it writable

int milliseconds_until(const std::optional<SteadyTime>& end) noexcept {  // as poll wants it
  if (!end) return -1;
  const auto left = std::chrono::ceil<Milliseconds>(*end - std::chrono::steady_clock::now()).count();
  return static_cast<int>(std::clamp<std::int64_t>(left, 0, 1 << 30));
}

}  // namespace

class LineReply final : public jsonrpc::Reply {
 public:
  enum class Kind { awaited, outlet };
  LineReply(std::shared_ptr<Output> output, Kind kind) : output_{std::move(output)}, kind_{kind} {}
  ~LineReply() override { end(); }

  void notify(std::string frame) override {
    if (has_ended_.load()) return;
    if (kind_ == Kind::outlet && output_->says_already(frame)) return;  // a change that the client will hear of anyway
    output_->send(frame);
  }
  void remark(std::string frame) override {
    if (!is_behind()) notify(std::move(frame));
  }
  [[nodiscard]] bool is_behind() const override { return output_->is_behind(); }
  void answer(jsonrpc::Answer answer) override {
    if (has_ended_.load()) return;
    if (!answer.body.empty()) output_->send(answer.body);
    end();
  }
  void on_disconnect(std::function<void()> gone) override { output_->watch(this, std::move(gone)); }

 private:
  void end() {
    if (!has_ended_.exchange(true)) output_->closed(this, kind_ == Kind::awaited);
  }

  std::shared_ptr<Output> output_;
  const Kind kind_;
  std::atomic<bool> has_ended_{false};
};

std::shared_ptr<jsonrpc::Reply> Output::reply() {
  {
    const std::lock_guard lock{mutex_};
    ++open_replies_;
  }
  return std::make_shared<LineReply>(shared_from_this(), LineReply::Kind::awaited);
}

std::shared_ptr<jsonrpc::Reply> Output::outlet() {
  return std::make_shared<LineReply>(shared_from_this(), LineReply::Kind::outlet);
}

void Output::send(std::string_view frame) {
  std::unique_lock lock{mutex_};
  if (is_broken_) return;
  pending_.append(frame).push_back('\n');
  const bool is_gathering = gathering_ == std::this_thread::get_id();
  if (is_gathering && pending_.size() < most_gathered) return;
  flush(lock, {.ends_with_stop = is_gathering});
}

void Output::begin_gathering() {
  const std::lock_guard lock{mutex_};
  gathering_ = std::this_thread::get_id();
}

void Output::end_gathering() {
  std::unique_lock lock{mutex_};
  gathering_ = {};
  flush(lock, {.ends_with_stop = true});
  while (pending_.size() > most_pending && !is_broken_ && !stop_.is_raised()) {
    changed_.wait_for(lock, Milliseconds{50});
  }
}

void Output::flush(std::unique_lock<std::mutex>& lock, Patience patience) {
  if (is_writing_) return;
  is_writing_ = true;
  std::string chunk;
  while (!pending_.empty() && !is_broken_) {
    chunk.clear();
    chunk.swap(pending_);
    lock.unlock();
    const auto written = write_all(chunk, patience);
    lock.lock();
    changed_.notify_all();
    if (written == Written::broken) break_off(lock);
    if (written != Written::interrupted) continue;
    pending_.insert(0, chunk);
    break;
  }
  if (pending_.empty() && chunk.capacity() <= most_gathered * 2)
    pending_.swap(chunk), pending_.clear();  // keep the room
  is_writing_ = false;
  changed_.notify_all();
}

// The client is gone: whoever waits for it hears so, once, without the lock.
void Output::break_off(std::unique_lock<std::mutex>& lock) {
  is_broken_ = true;
  stop_.raise();  // nobody is left to read frames for
  pending_.clear();
  auto watchers = std::move(watchers_);
  watchers_.clear();
  lock.unlock();
  for (auto& [reply, gone] : watchers) gone();
  lock.lock();
}

void Output::closed(const void* reply, bool was_awaited) {
  std::function<void()> forgotten;  // what it holds dies outside the lock
  const std::lock_guard lock{mutex_};
  if (const auto found = watchers_.find(reply); found != watchers_.end()) {
    forgotten = std::move(found->second);
    watchers_.erase(found);
  }
  if (was_awaited && --open_replies_ == 0) changed_.notify_all();
}

void Output::watch(const void* reply, std::function<void()> gone) {
  {
    const std::lock_guard lock{mutex_};
    if (!is_broken_) {
      watchers_.insert_or_assign(reply, std::move(gone));
      return;
    }
  }
  gone();
}

bool Output::is_behind() const {
  const std::lock_guard lock{mutex_};
  return pending_.size() > most_unread;
}

bool Output::says_already(std::string_view frame) const {
  const std::lock_guard lock{mutex_};
  return pending_.size() > most_unread && pending_.find(frame) != std::string::npos;
}

bool Output::is_broken() const {
  const std::lock_guard lock{mutex_};
  return is_broken_;
}

bool Output::drain(Milliseconds at_most) {
  const auto until = std::chrono::steady_clock::now() + at_most;
  std::unique_lock lock{mutex_};
  const auto is_done = [this] { return is_broken_ || (open_replies_ == 0 && pending_.empty() && !is_writing_); };
  flush(lock, {.until = until});
  const bool was_done = changed_.wait_until(lock, until, is_done);
  lock.unlock();
  if (!was_done) close();
  return was_done;
}

void Output::close() {
  cut_.raise();
  std::unique_lock lock{mutex_};
  if (!is_broken_) break_off(lock);
}

Output::Written Output::write_all(std::string& chunk, Patience patience) {
  std::size_t done = 0;
  while (done < chunk.size()) {
    const long count = write_some(std::string_view{chunk}.substr(done));
    if (count > 0) {
      done += static_cast<std::size_t>(count);
      continue;
    }
    if (errno == EINTR) continue;
    if (errno != EAGAIN && errno != EWOULDBLOCK) return Written::broken;
    const auto waited = wait_writable(patience);
    if (waited == Written::all) continue;
    chunk.erase(0, done);
    return waited;
  }
  return Written::all;
}

long Output::write_some(std::string_view bytes) noexcept {
  if (can_write_without_wait_) {
    const iovec part{const_cast<char*>(bytes.data()), bytes.size()};
    const long count = ::pwritev2(descriptor_, &part, 1, -1, RWF_NOWAIT);
    if (count >= 0 || (errno != EOPNOTSUPP && errno != ENOSYS && errno != EINVAL && errno != ESPIPE)) return count;
    can_write_without_wait_ = false;
  }
  pollfd writable{descriptor_, POLLOUT, 0};
  if (::poll(&writable, 1, 0) == 0) return errno = EAGAIN, -1;
  return ::write(descriptor_, bytes.data(), std::min(bytes.size(), surely_writable));
}

Output::Written Output::wait_writable(Patience patience) const {
  pollfd waits[3] = {{descriptor_, POLLOUT, 0},
                     {cut_.descriptor(), POLLIN, 0},
                     {patience.ends_with_stop ? stop_.descriptor() : -1, POLLIN, 0}};
  const int ready = ::poll(waits, 3, milliseconds_until(patience.until));
  if (ready < 0) return errno == EINTR ? Written::all : Written::broken;
  if (waits[1].revents != 0) return Written::broken;
  return ready == 0 || waits[2].revents != 0 ? Written::interrupted : Written::all;
}

}  // namespace tomada::stdio

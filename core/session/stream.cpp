// Whoever says something adds it under the lock; one thread at a time sends what is due, one event after the other and
// without the lock, to the connection that listens at that moment. So events leave in their order however many threads
// speak, and a connection that takes over gets its replay and what is said meanwhile in one sequence.
#include "core/session/stream.hpp"

#include "core/base/text.hpp"

#include <algorithm>
#include <utility>

namespace tomada::session {
namespace {

constexpr std::size_t event_overhead = 128;  // of memory, about; they bound how many there are, too
constexpr std::size_t stream_overhead = 512;

std::size_t size_of(const std::string& frame) noexcept { return frame.size() + event_overhead; }

}  // namespace

struct Stream::Step {
  enum class Kind { begin, event, answer, end };
  Kind kind = Kind::begin;
  std::shared_ptr<jsonrpc::Reply> to{};  // null: there is nothing to tell
  std::string frame{}, id{};             // of begin: the endpoint

  void take() {
    switch (kind) {
      case Kind::begin:
        return to->begin({std::move(id), std::move(frame)});
      case Kind::event:
        return to->notify_as(id, std::move(frame));
      case Kind::answer:
        return to->answer({200, std::move(frame), 0, {}, std::move(id)});
      case Kind::end:
        return to->answer({202, {}});
    }
  }
};

Stream::Stream(std::string name, std::shared_ptr<Room> room) : name_{std::move(name)}, room_{std::move(room)} {
  room_->take(stream_overhead);
}

Stream::Stream(std::string name, std::shared_ptr<Room> room, std::shared_ptr<jsonrpc::Reply> to, Numbering numbering)
    : Stream{std::move(name), std::move(room)} {
  listen(std::move(to), numbering);
}

Stream::~Stream() {
  forget_until(last_);
  room_->give(stream_overhead);
}

bool Stream::open(std::shared_ptr<jsonrpc::Reply> to, Numbering numbering, std::string endpoint) {
  {
    const std::lock_guard lock{mutex_};
    if (to_) return false;
    listen(std::move(to), numbering);
    opening_.endpoint = std::move(endpoint);
  }
  send();
  return true;
}

void Stream::listen(std::shared_ptr<jsonrpc::Reply> to, Numbering numbering) {
  to_ = std::move(to);
  numbering_ = numbering;
  must_begin_ = true;
  sent_ = given_;
  opening_ = {numbering.has_polling ? id_of(sent_) : std::string{}, {}};
}

Resumption Stream::resume(std::uint64_t heard, const std::shared_ptr<jsonrpc::Reply>& to) {
  auto before = to;
  {
    const std::lock_guard lock{mutex_};
    const bool was_given = numbering_.has_ids && heard <= given_ && (heard > 0 || numbering_.has_polling);
    if (!was_given) return Resumption::unknown;
    if (is_over_ && heard == last_) return Resumption::over;
    if (heard < forgotten_) return Resumption::unknown;
    before.swap(to_);
    must_begin_ = true;
    opening_ = {};
    is_hanging_up_ = false;
    sent_ = heard;
  }
  if (before) before->answer({202, {}});
  send();
  return Resumption::resumed;
}

void Stream::leave(const jsonrpc::Reply* gone) {
  std::shared_ptr<jsonrpc::Reply> left;  // dies outside the lock
  const std::lock_guard lock{mutex_};
  if (gone && to_.get() == gone) left.swap(to_);
}

void Stream::hang_up() {
  {
    const std::lock_guard lock{mutex_};
    if (!to_ || !keeps_ || !numbering_.has_polling) return;
    is_hanging_up_ = true;
  }
  send();
}

void Stream::say(std::string frame) {
  {
    const std::lock_guard lock{mutex_};
    add(std::move(frame));
  }
  send();
}

void Stream::say_latest(std::string frame) {
  {
    const std::lock_guard lock{mutex_};
    const auto same =
        std::find_if(events_.begin(), events_.end(), [&](const Event& event) { return event.frame == frame; });
    if (same != events_.end()) {
      room_->give(size_of(same->frame));
      events_.erase(same);
    }
    add(std::move(frame));
  }
  send();
}

void Stream::say_once(std::string frame) {
  {
    const std::lock_guard lock{mutex_};
    if (!to_) return;
    add(std::move(frame), false);
  }
  send();
}

void Stream::answer(std::string frame) {
  {
    const std::lock_guard lock{mutex_};
    add(std::move(frame));
    has_answer_ = is_over_ = true;
  }
  send();
}

void Stream::end() {
  {
    const std::lock_guard lock{mutex_};
    is_over_ = true;
  }
  send();
}

void Stream::drop() {
  std::shared_ptr<jsonrpc::Reply> left;  // its end tells its connection
  const std::lock_guard lock{mutex_};
  is_over_ = true;
  left.swap(to_);
  forget_until(last_);
}

void Stream::forget() {
  const std::lock_guard lock{mutex_};
  keeps_ = false;
  forget_until(to_ ? sent_ : last_);
}

bool Stream::is_heard() const {
  const std::lock_guard lock{mutex_};
  return to_ != nullptr;
}

void Stream::send() {
  std::unique_lock lock{mutex_};
  if (is_sending_) return;
  is_sending_ = true;
  for (auto step = next_step(); step.to; step = next_step()) {
    lock.unlock();
    step.take();
    step.to.reset();
    lock.lock();
  }
  is_sending_ = false;
}

void Stream::add(std::string frame, bool is_kept) {
  if (is_over_) return;
  room_->take(size_of(frame));
  events_.push_back({++last_, std::move(frame), is_kept});
  if (!keeps_ && !to_) forget_until(last_);
}

void Stream::forget_until(std::uint64_t number) {
  for (; !events_.empty() && events_.front().number <= number; events_.pop_front())
    room_->give(size_of(events_.front().frame));
  forgotten_ = std::max(forgotten_, number);
}

Stream::Events::iterator Stream::first_after(std::uint64_t number) {
  return std::upper_bound(events_.begin(), events_.end(), number,
                          [](std::uint64_t than, const Event& event) { return than < event.number; });
}

Stream::Step Stream::next_step() {
  if (!to_) return {};
  if (must_begin_) {
    must_begin_ = false;
    return {Step::Kind::begin, to_, std::move(opening_.endpoint), std::move(opening_.event)};
  }
  if (const auto event = first_after(sent_); event != events_.end()) return step_of(event);
  if (!is_over_ && !is_hanging_up_) return {};
  is_hanging_up_ = false;
  return {Step::Kind::end, std::exchange(to_, nullptr)};
}

Stream::Step Stream::step_of(Events::iterator event) {
  const bool is_answer = has_answer_ && event->number == last_;
  const bool are_kept = keeps_ && numbering_.has_ids;
  sent_ = event->number;
  given_ = std::max(given_, sent_);
  Step out{is_answer ? Step::Kind::answer : Step::Kind::event, to_, event->frame,
           numbering_.has_ids ? id_of(sent_) : std::string{}};
  if (is_answer) to_.reset();
  if (!are_kept) {
    forget_until(sent_);
  } else if (!event->is_kept) {
    room_->give(size_of(event->frame));
    events_.erase(event);
  }
  return out;
}

std::string Stream::id_of(std::uint64_t number) const { return text::concat({name_, "-", std::to_string(number)}); }

}  // namespace tomada::session

#include "core/session/streams.hpp"

#include "core/base/id.hpp"
#include "core/base/text.hpp"

#include <algorithm>
#include <charconv>
#include <limits>
#include <utility>

namespace tomada::session {
namespace {

// "STREAM-EVENT" after the tag; nothing: it is no such text. Whoever calls compares the text that the numbers make.
struct Place {
  std::uint64_t stream = 0, event = 0;
};

std::optional<Place> place_in(std::string_view id) noexcept {
  Place out;
  const auto last = id.rfind('-');
  const auto first = last == std::string_view::npos || last == 0 ? last : id.rfind('-', last - 1);
  if (first == std::string_view::npos || first >= last) return std::nullopt;
  const auto stream = std::from_chars(id.data() + first + 1, id.data() + last, out.stream);
  const auto event = std::from_chars(id.data() + last + 1, id.data() + id.size(), out.event);
  if (stream.ec != std::errc{} || event.ec != std::errc{}) return std::nullopt;
  return out;
}

}  // namespace

Streams::Streams(const Clock& clock, std::shared_ptr<Alarm> alarm, const std::shared_ptr<Room>& whole)
    : clock_{clock},
      alarm_{std::move(alarm)},
      room_{std::make_shared<Room>(whole ? most_bytes : std::numeric_limits<std::size_t>::max(), whole)},
      tag_{random_hex(4)},
      own_{std::make_shared<Stream>(name_of(0), room_)} {}

std::string Streams::name_of(std::uint64_t number) const { return text::concat({tag_, "-", std::to_string(number)}); }

std::shared_ptr<Stream> Streams::begin(std::shared_ptr<jsonrpc::Reply> to, Numbering numbering) {
  const std::lock_guard lock{mutex_};
  auto out = std::make_shared<Stream>(name_of(++last_number_), room_, std::move(to), numbering);
  kept_.push_back({last_number_, out});
  return out;
}

void Streams::make_room() {
  while (room_->is_exceeded()) {
    const auto oldest = take_oldest();
    if (!oldest) return;
    oldest->forget();
  }
  if (room_->is_crowded()) alarm_->wake_at(clock_.steady_now());
}

bool Streams::forget_half() {
  const auto before = room_->used();
  while (room_->used() > before / 2) {
    const auto oldest = take_oldest();
    if (!oldest) break;
    oldest->forget();
  }
  return room_->used() < before;
}

std::shared_ptr<Stream> Streams::take_oldest() {
  const std::lock_guard lock{mutex_};
  if (kept_.empty()) return nullptr;
  auto out = std::move(kept_.front().stream);
  kept_.pop_front();
  return out;
}

void Streams::ended(const Stream& stream) {
  const auto until = clock_.steady_now() + kept;
  {
    const std::lock_guard lock{mutex_};
    const auto found =
        std::find_if(kept_.begin(), kept_.end(), [&](const Kept& one) { return one.stream.get() == &stream; });
    if (found == kept_.end()) return;
    found->until = until;
  }
  alarm_->wake_at(until);
}

std::shared_ptr<Stream> Streams::find(std::uint64_t number) {
  if (number == 0) return own_;
  const std::lock_guard lock{mutex_};
  const auto found = std::find_if(kept_.begin(), kept_.end(), [&](const Kept& one) { return one.number == number; });
  return found == kept_.end() ? nullptr : found->stream;
}

Resumption Streams::resume(std::string_view event, const std::shared_ptr<jsonrpc::Reply>& to) {
  const auto place = place_in(event);
  if (!place || event != text::concat({name_of(place->stream), "-", std::to_string(place->event)}))
    return Resumption::unknown;
  const auto stream = find(place->stream);
  return stream ? stream->resume(place->event, to) : Resumption::unknown;
}

std::optional<SteadyTime> Streams::expire(SteadyTime now) {
  std::deque<Kept> expired;  // dies outside the lock
  std::optional<SteadyTime> next;
  const std::lock_guard lock{mutex_};
  const auto is_kept = [now](const Kept& one) { return !one.until || *one.until > now; };
  const auto gone = std::stable_partition(kept_.begin(), kept_.end(), is_kept);
  std::move(gone, kept_.end(), std::back_inserter(expired));
  kept_.erase(gone, kept_.end());
  for (const auto& one : kept_) next = earlier(next, one.until);
  return next;
}

}  // namespace tomada::session

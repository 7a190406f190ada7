// The thread's half of the second level: it connects, hears that epochs have moved, and sends what callers left in the
// queues, all of it in one go: first what was written, then the looks, then what is to be kept. One failure ends the
// connection: whoever looks is answered with nothing, and the next try comes later and later, with jitter.
#include "core/base/id.hpp"
#include "core/base/text.hpp"
#include "core/cache/second_level.hpp"

#include <algorithm>
#include <utility>

namespace tomada::cache {
namespace {

constexpr Milliseconds between_looks{1'000};  // a message that was lost is not missed for longer
constexpr Milliseconds first_pause{100}, longest_pause{10'000}, least_pause{20};
constexpr Milliseconds steady_time{10'000};                     // up for that long: the next trouble is a new one
constexpr std::size_t most_looks = 256, most_bytes = 1u << 20;  // of one go
constexpr const char* birth = "born";                           // the field that tells a lost count from a new one

Error refused(std::string_view what, const Reply& reply) {
  return failure(ErrorCode::unreachable, text::concat({"Redis refuses ", what, ": ", reply.text}), {},
                 "look at its memory, its role and the rights of its user");
}

std::string run_in(std::string_view info) {
  constexpr std::string_view name = "run_id:";
  const auto at = info.find(name);
  if (at == std::string_view::npos) return {};
  const auto rest = info.substr(at + name.size());
  return std::string{rest.substr(0, rest.find_first_of("\r\n"))};
}

std::int64_t number_in(const Reply& reply) {
  return reply.kind == Reply::Kind::text ? std::strtoll(reply.text.c_str(), nullptr, 10) : reply.number;
}

Milliseconds life_of(const std::string& question, const Entry& entry, SteadyTime now) {
  const auto longest = std::max(entry.stale_while_revalidate, entry.stale_if_error);
  return std::chrono::duration_cast<Milliseconds>(fresh_until(question, entry, now) + longest - now);
}

}  // namespace

void SecondLevel::work(Milliseconds at_most) {
  if (!is_up_) return come_up(at_most);
  const auto until_look = std::chrono::ceil<Milliseconds>(next_look_ - clock_.steady_now());
  const auto patience = has_work() ? Milliseconds{0} : std::clamp(until_look, Milliseconds{0}, at_most);
  const auto heard = wire_->wait(patience);
  if (!heard) return go_down(heard.error());
  is_nudged_ = is_nudged_ || *heard || clock_.steady_now() >= next_look_;
  exchange();
}

void SecondLevel::come_up(Milliseconds at_most) {
  const auto left = std::chrono::ceil<Milliseconds>(next_try_ - clock_.steady_now());
  if (left > Milliseconds{0}) {
    (void)wire_->wait(std::min(left, at_most));
    return;
  }
  if (const auto connected = connect(); !connected) return go_down(connected.error());
  up_since_ = clock_.steady_now();
  const std::lock_guard lock{mutex_};
  trouble_.reset();
  is_up_ = true;
}

Result<void> SecondLevel::connect() {
  if (const auto connected = wire_->connect(); !connected) return connected.error();
  auto replies =
      wire_->send({{"INFO", "server"}, {"HSETNX", epochs_key(), birth, random_hex(16)}, {"HGETALL", epochs_key()}});
  if (!replies) return replies.error();
  for (const auto& reply : *replies) {
    if (reply.kind == Reply::Kind::error) return refused("to begin", reply);
  }
  run_ = run_in(replies->front().text);
  if (run_.empty()) {
    return failure(ErrorCode::unreachable, "Redis does not tell its run_id", {}, "let its user call INFO");
  }
  return take_epochs(replies->back());
}

// What has moved since we last looked is forgotten here, too. When nobody can tell, nothing is trusted.
Result<void> SecondLevel::take_epochs(const Reply& told) {
  Count now;
  std::string born;
  for (std::size_t i = 0; i + 1 < told.list.size(); i += 2) {
    const auto& name = told.list[i].text;
    if (name == birth) {
      born = told.list[i + 1].text;
    } else {
      now[name] = number_in(told.list[i + 1]);
    }
  }
  if (born.empty()) return failure(ErrorCode::unreachable, "Redis has lost what was written", {}, "it is made anew");
  const auto moved = ledger_.take(text::concat({run_, " ", born}), std::move(now));
  if (moved.is_unknown) first_.doubt();
  if (moved.is_everything) first_.clear();
  for (const auto& write : moved.writes) first_.dirty(write);
  is_nudged_ = false;
  next_look_ = clock_.steady_now() + between_looks;
  return {};
}

void SecondLevel::go_down(Error why) {
  const auto now = clock_.steady_now();
  if (is_up_ && now - up_since_ >= steady_time) failures_ = 0;
  const auto longest = std::min(longest_pause, first_pause * (1 << std::min(failures_, 10)));
  ++failures_;
  next_try_ =
      now + least_pause + Milliseconds{static_cast<std::int64_t>(random_() % static_cast<unsigned>(longest.count()))};
  std::vector<Asked> asked;
  {
    const std::lock_guard lock{mutex_};
    is_up_ = false;
    trouble_ = std::move(why);
    asked.assign(std::move_iterator{asked_.begin()}, std::move_iterator{asked_.end()});
    asked_.clear();
  }
  settled_.notify_all();
  give_nothing(asked);
}

void SecondLevel::give_nothing(std::vector<Asked>& asked) {
  errors_ += asked.size();
  for (auto& each : asked) answer(each, {});
}

void SecondLevel::answer(Asked& asked, Looked with) noexcept try {
  asked.then(std::move(with));
} catch (...) {  // its call ends at its deadline
}

void SecondLevel::exchange() {
  auto batch = next_batch();
  write_commands(batch);
  if (batch.commands.empty()) return;
  auto replies = wire_->send(batch.commands);
  if (replies && replies->size() != batch.commands.size()) replies = refused("to answer", {});
  auto done = replies ? read_replies(batch, std::move(*replies)) : Result<void>{replies.error()};
  if (done) return;
  {
    const std::lock_guard lock{mutex_};
    moves_.merge(batch.moves);  // perhaps once more: it only costs a look
  }
  go_down(done.error());
  give_nothing(batch.asked);
}

SecondLevel::Batch SecondLevel::next_batch() {
  Batch out;
  out.has_look = is_nudged_;
  const std::lock_guard lock{mutex_};
  out.moves.swap(moves_);
  out.ticket = moves_asked_;
  while (!asked_.empty() && out.asked.size() < most_looks) {
    out.asked.push_back(std::move(asked_.front()));
    asked_.pop_front();
  }
  for (std::size_t bytes = 0; !parcels_.empty() && bytes < most_bytes; parcels_.pop_front()) {
    const auto size = parcels_.front().entry->bytes();
    bytes += size;
    parcel_bytes_ -= size;
    if (parcels_.front().ticket.mark.generation != ledger_.generation()) continue;  // it would be true to nobody
    out.parcels.push_back(std::move(parcels_.front()));
  }
  return out;
}

void SecondLevel::write_commands(Batch& batch) {
  auto& out = batch.commands;
  for (const auto& epoch : batch.moves) out.push_back({"HINCRBY", epochs_key(), epoch, "1"});
  if (!batch.moves.empty()) out.push_back({"PUBLISH", options_.channel(), "moved"});
  if (batch.has_look) out.push_back({"HGETALL", epochs_key()});
  for (const auto& asked : batch.asked) {
    out.push_back({"GET", result_key(asked.place)});
    Command epochs{"HMGET", epochs_key(), birth};  // after the result: it was true then
    for (auto& epoch : epochs_under(asked.matter)) epochs.push_back(std::move(epoch));
    out.push_back(std::move(epochs));
  }
  const auto now = clock_.steady_now();
  for (const auto& [ticket, entry] : batch.parcels) {
    const auto life = std::max(life_of(ticket.place, *entry, now), Milliseconds{1});
    out.push_back({"SET", result_key(ticket.place), seal_parcel(*ticket.key, ticket.place, *entry, ticket.mark, clock_),
                   "PX", std::to_string(life.count())});
  }
}

Result<void> SecondLevel::read_replies(Batch& batch, std::vector<Reply> from) {
  auto next = from.begin();
  for (const auto& epoch : batch.moves) {
    if (next->kind != Reply::Kind::number) return refused("to count what was written", *next);
    ledger_.moved_by_us(epoch, (next++)->number);
  }
  if (!batch.moves.empty() && (next++)->kind == Reply::Kind::error)
    return refused("to tell what was written", *std::prev(next));
  settle(batch.ticket);
  batch.moves.clear();
  if (batch.has_look) {
    if (const auto taken = take_epochs(*next++); !taken) return taken.error();
  }
  auto asked = std::exchange(batch.asked, {});
  for (auto& each : asked) {
    const auto& kept = *next++;
    answer(each, looked(each, kept, *next++));
  }
  for (std::size_t i = 0; i < batch.parcels.size(); ++i) count_kept(*next++);
  return {};
}

void SecondLevel::settle(std::uint64_t ticket) {
  {
    const std::lock_guard lock{mutex_};
    moves_told_ = ticket;
  }
  settled_.notify_all();
}

Looked SecondLevel::looked(const Asked& asked, const Reply& kept, const Reply& epochs) {
  Mark mark;
  for (std::size_t i = 1; i < epochs.list.size(); ++i) mark.epochs.push_back(number_in(epochs.list[i]));
  mark.generation = text::concat({run_, " ", epochs.list.empty() ? std::string{} : epochs.list.front().text});
  if (mark.generation != ledger_.generation()) {  // lost, or made anew: look at all of it
    is_nudged_ = true;
    ++errors_;
    return {};
  }
  Looked out;
  const auto opened =
      kept.kind == Reply::Kind::text ? open_parcel(*asked.key, asked.place, kept.text, clock_) : std::nullopt;
  if (!opened && kept.kind != Reply::Kind::nothing) ++errors_;
  if (opened && opened->mark == mark && opened->entry->matter == asked.matter) {
    out.entry = opened->entry;
    const auto now = clock_.steady_now();
    out.is_fresh = now < fresh_until(asked.question, *out.entry, now);
  }
  out.ticket = Ticket{asked.key, asked.place, std::move(mark)};
  ++(out.is_fresh ? hits_ : misses_);
  return out;
}

void SecondLevel::count_kept(const Reply& reply) {
  const bool is_kept = reply.kind != Reply::Kind::error;
  ++(is_kept ? kept_ : errors_);
  const std::lock_guard lock{mutex_};
  refusal_ = is_kept ? std::nullopt : std::optional{refused("to keep results", reply)};
}

}  // namespace tomada::cache

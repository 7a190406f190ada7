// Layout: record · most_slots times (until when a slot's margin lasts) · ring of ring_size send times. Byte 0 is locked
// for a critical section, a byte far behind the end for each slot in use: a killed process frees its slots at once.
#include "core/upstream/ledger.hpp"

#include <algorithm>
#include <cstring>

namespace tomada::upstream {
namespace {

constexpr std::uint64_t ledger_magic = 0x746f6d6164614c31;  // "tomadaL1": another layout gets another number
constexpr std::size_t slots_at = 256;
constexpr std::size_t ring_at = slots_at + Ledger::most_slots * sizeof(UnixMs);
constexpr std::size_t file_size = ring_at + Ledger::ring_size * sizeof(UnixMs);
constexpr std::uint64_t section_byte = 0;
constexpr std::uint64_t first_slot_byte = 1ull << 40;
constexpr UnixMs longest_hold = 24ll * 3600 * 1000;  // anything later is a clock that was set back
static_assert(sizeof(Record) <= slots_at);

Record read_record(const SharedFile& file) {
  Record out;
  if (!file.read(0, &out, sizeof out) || out.magic != ledger_magic) out = Record{};
  return out;
}

UnixMs read_time(const SharedFile& file, std::size_t at) {
  UnixMs out = 0;
  return file.read(at, &out, sizeof out) ? out : 0;
}

void forget_far_future(UnixMs& time, UnixMs now) {
  if (time > now + longest_hold) time = 0;
}

}  // namespace

std::string_view Record::reason_text() const noexcept {
  return {reason.data(), static_cast<std::size_t>(std::find(reason.begin(), reason.end(), '\0') - reason.begin())};
}

void Record::set_reason(std::string_view text) noexcept {
  reason.fill('\0');
  std::memcpy(reason.data(), text.data(), std::min(text.size(), reason.size() - 1));
}

Result<std::unique_ptr<Ledger>> Ledger::open(const std::string& path) {
  auto file = SharedFile::open(path, file_size);
  if (!file) return file.error();
  return std::unique_ptr<Ledger>{new Ledger{std::move(*file)}};
}

Record Ledger::read() const {
  const std::lock_guard lock{mutex_};
  return read_record(file_);
}

Ledger::Session::Session(Ledger& ledger) : ledger_{ledger}, lock_{ledger.mutex_} {
  ledger_.file_.lock(section_byte);
  record = read_record(ledger_.file_);
}

Ledger::Session::~Session() {
  record.magic = ledger_magic;
  (void)ledger_.file_.write(0, &record, sizeof record);  // its room is allocated; a failing disk stops nobody
  ledger_.file_.unlock(section_byte);
}

std::optional<UnixMs> Ledger::Session::full_until(UnixMs now, Milliseconds window, std::size_t limit) const {
  limit = std::min(limit, ring_size);
  if (limit == 0 || record.sent < limit) return std::nullopt;
  const UnixMs oldest = read_time(ledger_.file_, ring_at + (record.sent - limit) % ring_size * sizeof(UnixMs));
  const UnixMs free_at = std::min(oldest, now) + window.count();
  return free_at > now ? std::optional{free_at} : std::nullopt;
}

std::uint64_t Ledger::Session::note_sent(UnixMs now) {
  (void)ledger_.file_.write(ring_at + record.sent % ring_size * sizeof(UnixMs), &now, sizeof now);
  return record.sent++;
}

void Ledger::Session::note_done(std::uint64_t number, UnixMs now) {
  if (number + ring_size <= record.sent || number >= record.sent) return;  // overwritten, or a record begun anew
  (void)ledger_.file_.write(ring_at + number % ring_size * sizeof(UnixMs), &now, sizeof now);
}

std::optional<std::size_t> Ledger::Session::take_slot(UnixMs now, std::size_t usable) {
  for (std::size_t slot = 0; slot < std::min(usable, most_slots); ++slot) {
    if (ledger_.is_held_[slot]) continue;
    UnixMs margin = read_time(ledger_.file_, slots_at + slot * sizeof(UnixMs));
    forget_far_future(margin, now);
    if (margin > now || !ledger_.file_.try_lock(first_slot_byte + slot)) continue;
    ledger_.is_held_[slot] = true;
    return slot;
  }
  return std::nullopt;
}

void Ledger::Session::give_back(std::size_t slot, UnixMs free_at) {
  (void)ledger_.file_.write(slots_at + slot * sizeof(UnixMs), &free_at, sizeof free_at);
  ledger_.file_.unlock(first_slot_byte + slot);
  ledger_.is_held_[slot] = false;
}

std::optional<UnixMs> Ledger::Session::next_margin_end(UnixMs now, std::size_t usable) const {
  std::optional<UnixMs> first;
  for (std::size_t slot = 0; slot < std::min(usable, most_slots); ++slot) {
    const UnixMs margin = read_time(ledger_.file_, slots_at + slot * sizeof(UnixMs));
    if (!ledger_.is_held_[slot] && margin > now && (!first || margin < *first)) first = margin;
  }
  return first;
}

}  // namespace tomada::upstream

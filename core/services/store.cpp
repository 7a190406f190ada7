// tomada.store/1: the records of one instance, in a space of its own.
#include "core/services/offer.hpp"
#include <tomada/store.h>

#include <algorithm>

namespace tomada::services {
namespace {

constexpr const char* trouble = "a plugin's record could not be kept or read";

bool get_record(const tomada_host* host, tomada_text key, void* context, tomada_sink out) {
  const auto& offer = offer_of(host);
  return guarded(offer, trouble, false, [&] {
    const auto found = offer.reach().store->get(offer.space(), view(key));
    if (!found) offer.failed(trouble, found.error().text());
    if (!found || !*found) return false;
    out(context, lend(**found));
    return true;
  });
}

bool put_record(const tomada_host* host, tomada_text key, tomada_text value, std::int64_t ttl_ms) {
  const auto& offer = offer_of(host);
  return guarded(offer, trouble, false, [&] {
    const Milliseconds time_to_live{std::max<std::int64_t>(ttl_ms, 0)};
    const auto kept = offer.reach().store->put(offer.space(), view(key), view(value), time_to_live);
    if (!kept) offer.failed(trouble, kept.error().text());
    return kept.has_value();
  });
}

bool erase_record(const tomada_host* host, tomada_text key) {
  const auto& offer = offer_of(host);
  return guarded(offer, trouble, false, [&] {
    const auto erased = offer.reach().store->erase(offer.space(), view(key));
    if (!erased) offer.failed(trouble, erased.error().text());
    return erased && *erased;
  });
}

void scan_records(const tomada_host* host, tomada_text prefix, void* context,
                  void (*each)(void* context, tomada_text key, tomada_text value)) {
  const auto& offer = offer_of(host);
  const auto push = [&](std::string_view key, std::string_view value) { each(context, lend(key), lend(value)); };
  (void)guarded(offer, trouble, false, [&] {
    const auto scanned = offer.reach().store->scan(offer.space(), view(prefix), push);
    if (!scanned) offer.failed(trouble, scanned.error().text());
    return scanned.has_value();
  });
}

}  // namespace

const void* store_table() noexcept {
  static const tomada_store table{sizeof table, &get_record, &put_record, &erase_record, &scan_records};
  return &table;
}

}  // namespace tomada::services

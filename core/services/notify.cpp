// tomada.notify/1
#include "core/base/text.hpp"
#include "core/services/offer.hpp"
#include <tomada/notify.h>

#include <cstring>

namespace tomada::services {
namespace {

using registry::Changed;

constexpr std::string_view untold = "a plugin's notice was dropped";

void tell_list(const tomada_host* host, tomada_list list) {
  const auto& offer = offer_of(host);
  int number = 0;  // a plugin may pass any number; read as the enumeration it would be undefined
  static_assert(sizeof number == sizeof list);
  std::memcpy(&number, &list, sizeof number);
  if (number < TOMADA_TOOL_LIST || number > TOMADA_RESOURCE_LIST) return offer.failed(untold, "there is no such list");
  constexpr Changed lists[] = {Changed::tools, Changed::prompts, Changed::resources};
  (void)guarded(offer, untold, false, [&] {
    offer.reach().changes->tell(lists[number]);
    return true;
  });
}

void tell_resource(const tomada_host* host, tomada_text uri) {
  const auto& offer = offer_of(host);
  if (!text::is_utf8(view(uri))) return offer.failed(untold, "its URI is not UTF-8");
  (void)guarded(offer, untold, false, [&] {
    offer.reach().changes->tell_updated(view(uri));
    return true;
  });
}

}  // namespace

const void* notify_table() noexcept {
  static const tomada_notify table{sizeof table, &tell_list, &tell_resource};
  return &table;
}

}  // namespace tomada::services

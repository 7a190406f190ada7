// tomada/draft/audit: what a plugin means to change elsewhere, noted in the name of whoever made the call.
#include "core/audit/trail.hpp"
#include "core/base/text.hpp"
#include "core/json/reader.hpp"
#include "core/json/writer.hpp"
#include "core/registry/target.hpp"
#include "core/services/offer.hpp"
#include <tomada/audit.h>

#include <utility>

namespace tomada::services {
namespace {

constexpr const char* audit_trouble = "the audit trail failed";

struct Noted {
  bool is_done = false;
  std::string text;
};

Result<audit::Intent> read_intent(const Offer& offer, tomada_call* call, tomada_text from) {
  const auto* face = plugin::face_of(call);
  const auto served = face ? face->served() : nullptr;
  if (!served || !served->target) return failure(ErrorCode::invalid_argument, "there is no call that it belongs to");
  const auto value = json::read(view(from));
  const auto* object = value ? value->if_object() : nullptr;
  const auto* arguments = object ? json::find_object(*object, "arguments") : nullptr;
  const auto* seed = object ? json::find_string(*object, "seed") : nullptr;
  if (!arguments || !seed) return failure(ErrorCode::invalid_argument, "the intent has no arguments or no seed");
  const auto& request = served->request();
  audit::Intent out{offer.instance(),
                    served->target->description().name,
                    request.principal->subject,
                    request.principal->tenant,
                    request.correlation,
                    {},
                    *arguments};
  out.key = audit::Trail::key(out, json::view(*seed));
  return out;
}

json::object show(const audit::Earlier& earlier) {
  return {{"at", earlier.at}, {"state", earlier.state}, {"same", earlier.is_same}, {"facts", earlier.facts}};
}

Noted look_up(const Offer& offer, tomada_call* call, tomada_text from) {
  const auto intent = read_intent(offer, call, from);
  if (!intent) return {false, intent.error().text()};
  const auto earlier = offer.reach().audit->find(*intent);
  if (!earlier) return {false, earlier.error().text()};
  json::object out{{"key", intent->key}};
  if (*earlier) out["earlier"] = show(**earlier);
  return {true, json::text(out)};
}

Noted note(const Offer& offer, tomada_call* call, tomada_text from) {
  const auto intent = read_intent(offer, call, from);
  if (!intent) return {false, intent.error().text()};
  const auto id = offer.reach().audit->begin(*intent);
  if (!id) return {false, id.error().text()};
  return {true, *id};
}

template <Noted (*work)(const Offer&, tomada_call*, tomada_text)>
bool answer(const tomada_host* host, tomada_call* call, tomada_text intent, void* context, tomada_sink out) {
  const auto& offer = offer_of(host);
  const Noted failed{false, "the audit trail failed; the server's log says why"};
  const auto reply = guarded(offer, audit_trouble, failed, [&] { return work(offer, call, intent); });
  if (!reply.is_done) offer.failed(audit_trouble, reply.text);
  out(context, lend(reply.text));
  return reply.is_done;
}

bool end_intent(const tomada_host* host, tomada_text id, tomada_ending ending, tomada_text facts) {
  const auto& offer = offer_of(host);
  return guarded(offer, audit_trouble, false, [&] {
    const auto value = json::read(view(facts));
    const auto how = ending == TOMADA_DONE      ? audit::Ending::done
                     : ending == TOMADA_REFUSED ? audit::Ending::refused
                                                : audit::Ending::unknown;
    const auto noted =
        offer.reach().audit->end(view(id), how, value && value->is_object() ? value->get_object() : json::object{});
    if (!noted) offer.failed(audit_trouble, noted.error().text());
    return noted.has_value();
  });
}

}  // namespace

const void* audit_table() noexcept {
  static const tomada_audit table{sizeof table, &answer<look_up>, &answer<note>, &end_intent};
  return &table;
}

}  // namespace tomada::services

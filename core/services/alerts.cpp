// tomada.alerts/1: requests to the alert engine in the name of whoever made the call.
#include "core/json/reader.hpp"
#include "core/json/writer.hpp"
#include "core/services/offer.hpp"
#include <tomada/alerts.h>

namespace tomada::services {
namespace {

struct Reply {
  bool is_done = false;
  std::string text;
};

Reply refusal(const std::string& message) { return {false, json::text(json::object{{"message", message}})}; }

std::string subject_of(const Offer& offer, tomada_call* call) {
  const auto* face = plugin::face_of(call);
  const auto served = face ? face->served() : nullptr;
  return served ? served->request().principal->subject : "plugin." + offer.instance();
}

Reply ask_engine(const Offer& offer, tomada_call* call, tomada_text operation, tomada_text arguments) {
  json::value value = json::object{};
  if (arguments.size > 0) {
    auto read = json::read(view(arguments));
    if (!read) return refusal("the arguments are not JSON: " + read.error().text());
    value = std::move(*read);
  }
  if (!value.is_object()) return refusal("the arguments are no JSON object");
  const auto answer = offer.reach().alerts->request(view(operation), value.get_object(), subject_of(offer, call));
  if (!answer) return refusal(answer.error().text());
  return {true, json::text(*answer)};
}

bool request_alerts(const tomada_host* host, tomada_call* call, tomada_text operation, tomada_text arguments,
                    void* context, tomada_sink out) {
  const auto& offer = offer_of(host);
  const Reply trouble{false, R"({"message":"the alert engine failed; the server's log says why"})"};
  const auto reply = guarded(offer, "a request to the alert engine failed", trouble,
                             [&] { return ask_engine(offer, call, operation, arguments); });
  out(context, lend(reply.text));
  return reply.is_done;
}

}  // namespace

const void* alerts_table() noexcept {
  static const tomada_alerts table{sizeof table, &request_alerts};
  return &table;
}

}  // namespace tomada::services

#include "core/alerts/channel.hpp"

#include "core/base/text.hpp"
#include "core/json/writer.hpp"

namespace tomada::alerts {
namespace {

std::string_view member(const json::object& alert, std::string_view group, std::string_view key) {
  const json::object* inner = json::find_object(alert, group);
  const json::string* found = inner ? json::find_string(*inner, key) : nullptr;
  return found ? json::view(*found) : std::string_view{};
}

std::string_view status(const json::object& alert) {
  const json::string* found = json::find_string(alert, "status");
  return found ? json::view(*found) : std::string_view{};
}

void write_line(log::Logger& log, const json::object& alert) {
  const bool is_firing = status(alert) == "firing";
  const std::string message = text::concat({"alert ", status(alert), ": ", member(alert, "annotations", "summary")});
  log.write(is_firing ? log::Level::warning : log::Level::info, message,
            {{"alert", member(alert, "labels", "alertname")},
             {"status", status(alert)},
             {"severity", member(alert, "labels", "severity")},
             {"metric", member(alert, "labels", "metric")},
             {"description", member(alert, "annotations", "description")}});
}

}  // namespace

Channels::Channels(const std::map<std::string, Receiver>& receivers, log::Logger& log) : log_{log} {
  for (const auto& [name, receiver] : receivers) {
    webhooks_[name] = receiver.kind == "webhook" ? std::make_unique<Webhook>(receiver.url) : nullptr;
  }
}

Channels::~Channels() = default;

bool Channels::has(std::string_view channel) const { return webhooks_.find(channel) != webhooks_.end(); }

Result<void> Channels::send(std::string_view channel, const json::object& alert) const {
  const auto found = webhooks_.find(channel);
  if (found == webhooks_.end()) {
    return failure(ErrorCode::not_found, text::concat({"there is no receiver ", channel}), "", "");
  }
  if (found->second) return found->second->post(json::text(webhook_message(channel, alert)));
  write_line(log_, alert);
  return {};
}

void Channels::cancel() const {
  for (const auto& [name, webhook] : webhooks_) {
    if (webhook) webhook->cancel();
  }
}

json::object webhook_message(std::string_view receiver, const json::object& alert) {
  const auto name = member(alert, "labels", "alertname");
  const json::object* labels = json::find_object(alert, "labels");
  const json::object* annotations = json::find_object(alert, "annotations");
  return {{"version", "4"},
          {"groupKey", text::concat({"{}:{alertname=\"", name, "\"}"})},
          {"truncatedAlerts", 0},
          {"receiver", json::key(receiver)},
          {"status", json::key(status(alert))},
          {"groupLabels", {{"alertname", json::key(name)}}},
          {"commonLabels", labels ? *labels : json::object{}},
          {"commonAnnotations", annotations ? *annotations : json::object{}},
          {"externalURL", ""},
          {"alerts", json::array{alert}}};
}

}  // namespace tomada::alerts

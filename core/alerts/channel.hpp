#pragma once
// Channels: the configured receivers by the names that rules use. webhook.cpp alone sees the HTTP client.
#include "core/alerts/engine.hpp"
#include "core/base/result.hpp"
#include "core/json/value.hpp"
#include "core/log/log.hpp"

#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace tomada::alerts {

// One POST of a JSON body. Blocks at most about five seconds; cancel() ends it sooner.
class Webhook final {
 public:
  explicit Webhook(const std::string& url);
  ~Webhook();
  [[nodiscard]] Result<void> post(const std::string& body) const;  // errors: unreachable; the url is never in the text
  void cancel() const;                                             // [any thread]

 private:
  struct State;
  std::unique_ptr<State> state_;
};

class Channels final {
 public:
  Channels(const std::map<std::string, Receiver>& receivers, log::Logger& log);
  ~Channels();

  [[nodiscard]] bool has(std::string_view channel) const;
  [[nodiscard]] Result<void> send(std::string_view channel, const json::object& alert) const;
  void cancel() const;  // [any thread] ends a delivery under way

 private:
  log::Logger& log_;
  std::map<std::string, std::unique_ptr<Webhook>, std::less<>> webhooks_;  // null: the log
};

[[nodiscard]] json::object webhook_message(std::string_view receiver, const json::object& alert);
// Alertmanager's webhook, version "4", with one alert.

}  // namespace tomada::alerts

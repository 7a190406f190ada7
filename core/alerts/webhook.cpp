// cpp-httplib hidden. A client per post: deliveries are rare, and a connection kept between them would be dead by then.
#ifndef CPPHTTPLIB_OPENSSL_SUPPORT
#define CPPHTTPLIB_OPENSSL_SUPPORT  // as Debian's library is built
#endif
#include "core/alerts/channel.hpp"
#include "core/base/text.hpp"

#include <httplib.h>

#include <mutex>
#include <tuple>
#include <utility>

namespace tomada::alerts {
namespace {

constexpr int connect_seconds = 2, answer_seconds = 5;

std::pair<std::string, std::string> split_address(const std::string& url) {  // "https://host:port", "/path?query"
  const auto authority = url.find("://");
  const auto path = url.find_first_of("/?", authority == std::string::npos ? 0 : authority + 3);
  if (path == std::string::npos) return {url, "/"};
  const std::string target = url.substr(path);
  return {url.substr(0, path), target.starts_with('/') ? target : "/" + target};
}

Error refusal(std::string_view message, std::string hint) {
  return failure(ErrorCode::unreachable, text::concat({"the webhook ", message}), "", std::move(hint));
}

}  // namespace

struct Webhook::State {
  explicit State(const std::string& url) { std::tie(origin, target) = split_address(url); }

  std::string origin, target;
  std::mutex mutex;  // guards the two below
  httplib::Client* under_way = nullptr;
  bool is_cancelled = false;
};

Webhook::Webhook(const std::string& url) : state_{std::make_unique<State>(url)} {}
Webhook::~Webhook() = default;

Result<void> Webhook::post(const std::string& body) const {
  httplib::Client client{state_->origin};
  if (!client.is_valid()) return refusal("address cannot be used", "mend its url in the configuration");
  client.set_connection_timeout(connect_seconds);
  client.set_read_timeout(answer_seconds);
  client.set_write_timeout(answer_seconds);
  client.set_follow_location(false);
  {
    const std::lock_guard lock{state_->mutex};
    if (state_->is_cancelled) return refusal("delivery was stopped", "");
    state_->under_way = &client;
  }
  const auto answer = client.Post(state_->target, body, "application/json");
  {
    const std::lock_guard lock{state_->mutex};
    state_->under_way = nullptr;
  }
  if (!answer) {
    return refusal(text::concat({"did not answer: ", httplib::to_string(answer.error())}),
                   "check its url and that it runs");
  }
  if (answer->status >= 200 && answer->status < 300) return {};
  return refusal(text::concat({"answered ", std::to_string(answer->status)}), "check its url and its own log");
}

void Webhook::cancel() const {
  const std::lock_guard lock{state_->mutex};
  state_->is_cancelled = true;
  if (state_->under_way) state_->under_way->stop();
}

}  // namespace tomada::alerts

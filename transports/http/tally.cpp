#include "transports/http/tally.hpp"

#include "core/base/id.hpp"

#include <cstddef>
#include <string>

namespace tomada::http {
namespace {

constexpr Milliseconds between_warnings{1000};

std::string text_of(const Tcp::endpoint& peer) {
  const auto address = peer.address().to_string();
  return peer.address().is_v6() ? "[" + address + "]:" + std::to_string(peer.port())
                                : address + ":" + std::to_string(peer.port());
}

}  // namespace

Tally::Tally(log::Logger& log, metrics::Registry& metrics)
    : log_{log}, metrics_{metrics}, connections_{metrics.gauge("tomada_http_connections", "Open HTTP connections.")} {}

void Tally::answered(int status) {
  if (status < 100 || status > 599) return;  // no HTTP status: a receiver's slip must not end the thread
  auto& counter = requests_.at(static_cast<std::size_t>(status - 100));
  if (counter == nullptr) {
    counter = &metrics_.counter("tomada_http_requests_total", "HTTP requests answered, by status.",
                                {{"status", std::to_string(status)}});
  }
  counter->add();
}

void Tally::refused(int status, std::string_view reason, const Tcp::endpoint& peer, SteadyTime now) {
  if (now < quiet_until_) {
    ++left_out_;
    return;
  }
  quiet_until_ = now + between_warnings;
  const auto from = text_of(peer);
  const auto correlation = random_hex(16);  // the request was not read far enough to name one
  log_.warning("HTTP request refused", {{"status", std::int64_t{status}},
                                        {"reason", reason},
                                        {"peer", std::string_view{from}},
                                        {"not_logged_before", left_out_},
                                        {"correlation", std::string_view{correlation}}});
  left_out_ = 0;
}

}  // namespace tomada::http

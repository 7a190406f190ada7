#pragma once
// Subscriptions: the streams of subscriptions/listen; each hears of the changes that it asked for, tagged with its id.
#include "core/protocol/answer.hpp"

#include <memory>
#include <string>
#include <string_view>

namespace tomada::protocol::modern {

class Subscriptions final {
 public:
  static constexpr std::size_t most_per_principal = 1024;
  static constexpr std::size_t most_bytes_per_principal = 4u << 20;  // of ids and names
  static constexpr std::size_t most_names = 1000;                    // of resources, and of tasks, on one stream

  Subscriptions(const Service& service, std::shared_ptr<const std::string> server_info);  // JSON text of the server
  ~Subscriptions();
  Subscriptions(const Subscriptions&) = delete;
  Subscriptions& operator=(const Subscriptions&) = delete;

  [[nodiscard]] bool is_offered() const noexcept;               // false: there is nothing to listen to
  void listen(const Request& request);                          // acknowledges at once; the answer comes with end_all()
  void announce(registry::Changed what, std::string_view uri);  // [any thread]
  void end_all();  // each gets its response; whoever comes later is refused

 private:
  struct State;
  const std::shared_ptr<State> state_;  // shared: a connection that ends tells it, at any time
};

}  // namespace tomada::protocol::modern

#pragma once
// Wire: how the second level speaks to its store, in the words of Redis. What implements it drags in a client library,
// so it comes in a module.
#include "core/base/clock.hpp"
#include "core/base/result.hpp"

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace tomada::cache {

using Command = std::vector<std::string>;  // {"SET", "key", "value"}; any bytes

struct Reply {
  enum class Kind { nothing, text, number, list, error };
  Kind kind = Kind::nothing;
  std::string text{};  // of an error its message
  std::int64_t number = 0;
  std::vector<Reply> list{};
};

struct WireOptions {
  std::string host = "127.0.0.1";
  int port = 6379;
  int database = 0;
  std::string user, password;  // empty: none
  std::string channel;         // what is said there wakes wait()
  Milliseconds patience{100};  // the longest that connect() or send() takes
};

// All on one thread, but for wake().
class Wire {
 public:
  virtual ~Wire() = default;
  [[nodiscard]] virtual Result<void> connect() = 0;  // anew; from then on the channel is heard
  [[nodiscard]] virtual Result<std::vector<Reply>> send(const std::vector<Command>& commands) = 0;
  // In one go, answered one by one in this order. Errors of both: unreachable, unauthorised; then it is not connected.
  [[nodiscard]] virtual Result<bool> wait(Milliseconds at_most) = 0;
  // True: something was said on the channel. False: woken, or the time is over. Errors: unreachable. It waits without a
  // connection, too.
  virtual void wake() noexcept = 0;  // [any thread]
};

using MakeWire = std::unique_ptr<Wire>(const WireOptions& options);

}  // namespace tomada::cache

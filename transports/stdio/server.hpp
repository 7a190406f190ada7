#pragma once
// Server: newline-delimited frames from one file descriptor to the session endpoint, answers to another.
#include "core/base/clock.hpp"
#include "core/base/principal.hpp"
#include "core/session/endpoint.hpp"

#include <memory>

namespace tomada::stdio {

struct Options {
  int input = 0;
  int output = 1;
  std::size_t max_frame_bytes = 4u << 20;  // a longer line is answered with a parse error and skipped to its end
};

class Server final {
 public:
  Server(Options options, session::Receiver& receiver, std::shared_ptr<const Principal> principal);
  ~Server();

  void run();   // returns at end of input or after stop(); a last line without newline is still a frame
  void stop();  // [any thread, also a signal's]: no further frame is read
  [[nodiscard]] bool drain(Milliseconds at_most);  // waits until every answer is written

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace tomada::stdio

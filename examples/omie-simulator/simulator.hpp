#pragma once
// Simulator: an HTTP server that behaves as Omie does, from its answers to its refusals.
#include "options.hpp"
#include "reply.hpp"

#include <memory>
#include <string>

namespace omie_simulator {

class Simulator final {
 public:
  explicit Simulator(Options options);
  ~Simulator();  // stops
  Simulator(const Simulator&) = delete;
  Simulator& operator=(const Simulator&) = delete;

  [[nodiscard]] bool listen();  // binds; false: the port is taken
  void serve();                 // blocks until stop()
  void start();                 // serves on a thread of its own
  void stop();

  [[nodiscard]] int port() const noexcept;
  [[nodiscard]] std::string url() const;  // http://127.0.0.1:PORT/api/v1/, once it listens
  [[nodiscard]] json::object statistics() const;
  [[nodiscard]] Reply change(const json::object& asked);  // see change.hpp
  void trouble(Trouble kind, std::size_t count);          // for surely so many of the next answers

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace omie_simulator

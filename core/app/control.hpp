#pragma once
// Control: how the commands of this machine's user speak to a running server: a socket in the state folder that only
// its owner may open, one JSON line each way.
#include "core/base/result.hpp"
#include "core/json/value.hpp"

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace tomada::app {

class Control final {
 public:
  using Handlers = std::map<std::string, std::function<json::object()>, std::less<>>;

  [[nodiscard]] static Result<std::unique_ptr<Control>> open(const std::string& folder, const std::string& name,
                                                             Handlers handlers);
  // FOLDER/NAME.sock, 0600; served on a thread of its own. Errors: system.
  ~Control();  // the socket is gone; a command that is being answered has its answer
  Control(const Control&) = delete;
  Control& operator=(const Control&) = delete;

 private:
  Control(std::string path, Handlers handlers, int listener, int waker);
  void serve();
  void answer(int connection) const;

  const std::string path_;
  const Handlers handlers_;
  const int listener_;
  const int waker_;
  std::jthread thread_;  // last: it uses everything above
};

// What every running server of a state folder says to a command, by its name. What is left of dead ones is removed.
[[nodiscard]] std::map<std::string, Result<json::object>> ask_servers(const std::string& folder,
                                                                      std::string_view command);

}  // namespace tomada::app

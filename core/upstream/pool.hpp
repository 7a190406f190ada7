#pragma once
// Pool: the connections to one upstream. The address is looked up and checked whenever a new one is made.
#include "core/upstream/connection.hpp"

#include <mutex>
#include <string>
#include <vector>

namespace tomada::upstream {

class Pool final {
 public:
  Pool(Url url, ConnectionOptions options, bool allow_private, const Clock& clock, Watchdog& watchdog);

  [[nodiscard]] boost::system::result<Response, Breakage> run(const Exchange& exchange, Milliseconds at_most,
                                                              const Patience& patience, bool may_reuse);
  [[nodiscard]] const Url& url() const noexcept { return url_; }

 private:
  using Answer = boost::system::result<Response, Breakage>;
  struct Idle {
    std::unique_ptr<Connection> connection;
    SteadyTime since;
  };
  [[nodiscard]] std::unique_ptr<Connection> take_idle();
  void put_back(std::unique_ptr<Connection> connection);
  [[nodiscard]] Answer run_on_new(const Exchange& exchange, Milliseconds at_most, const Patience& patience);
  [[nodiscard]] boost::system::result<std::vector<std::string>, Breakage> addresses(const Patience& patience);

  const Url url_;
  const ConnectionOptions options_;
  const bool allow_private_;
  const Clock& clock_;
  Watchdog& watchdog_;
  std::mutex mutex_;  // guards everything below
  std::vector<Idle> idle_;
  std::vector<std::string> addresses_;
  SteadyTime addresses_until_{};
};

}  // namespace tomada::upstream

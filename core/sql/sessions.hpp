#pragma once
// Sessions: the connections to one database, kept open between statements.
#include "core/sql/databases.hpp"
#include "core/upstream/patience.hpp"

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace tomada::sql {

class Sessions final {
 public:
  // driver: null when it could not be made; then nothing may be asked.
  Sessions(std::unique_ptr<Driver> driver, std::string host, const Options& options, const Clock& clock);

  // None: the writer has the answer, or as much of it as it wanted.
  [[nodiscard]] std::optional<Trouble> run(const Statement& statement, TableWriter& writer,
                                           const upstream::Patience& patience);

 private:
  struct Idle {
    std::unique_ptr<Session> session;
    SteadyTime since;
  };
  using Connected = boost::system::result<std::unique_ptr<Session>, Trouble>;
  [[nodiscard]] std::unique_ptr<Session> take_idle();
  void put_back(std::unique_ptr<Session> session);
  [[nodiscard]] Connected connect(const upstream::Patience& patience);
  [[nodiscard]] boost::system::result<std::vector<std::string>, Trouble> addresses(const upstream::Patience& patience);
  [[nodiscard]] Patience left(Milliseconds at_most, const upstream::Patience& patience) const;

  const std::unique_ptr<Driver> driver_;
  const std::string host_;  // empty: a file
  const Milliseconds connect_timeout_, timeout_;
  const bool allow_private_;
  const Clock& clock_;
  std::mutex mutex_;  // guards idle_
  std::vector<Idle> idle_;
};

}  // namespace tomada::sql

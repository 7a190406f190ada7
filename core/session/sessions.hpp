#pragma once
// Sessions: the legacy clients over HTTP by their Mcp-Session-Id; here, in the memory of this process.
#include "core/session/session.hpp"

#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace tomada::session {

class Sessions {  // [any thread]
 public:
  virtual ~Sessions() = default;
  [[nodiscard]] virtual std::shared_ptr<Session> begin(const Principal& owner) = 0;  // null: there are too many
  [[nodiscard]] virtual std::shared_ptr<Session> find(std::string_view id, const Principal& principal) = 0;
  // Null: unknown, ended, or somebody else's.
  virtual void end(const Session& session) = 0;
  [[nodiscard]] virtual std::vector<std::shared_ptr<Session>> all() const = 0;
  virtual std::optional<SteadyTime> expire() = 0;  // ends what nobody has used; when to look again
  virtual void relieve() = 0;  // where what is kept for all gets too much, of those whose owner has most
  [[nodiscard]] virtual std::size_t kept_bytes() const = 0;  // for clients that may come back to a stream
};

struct SessionLimits {
  Session::Kind kind = Session::Kind::http;
  std::size_t most = 10'000;
  Milliseconds idle{30 * 60'000};  // without a request, a stream or a call
};

class MemorySessions final : public Sessions {
 public:
  MemorySessions(const Clock& clock, std::shared_ptr<Alarm> alarm, SessionLimits limits = {})
      : clock_{clock}, alarm_{std::move(alarm)}, limits_{limits} {}

  [[nodiscard]] std::shared_ptr<Session> begin(const Principal& owner) override;
  // At the limit the oldest session of the principal that holds most makes room, an idle one first; the owner's own
  // oldest idle one where nobody holds more.
  [[nodiscard]] std::shared_ptr<Session> find(std::string_view id, const Principal& principal) override;
  void end(const Session& session) override;
  [[nodiscard]] std::vector<std::shared_ptr<Session>> all() const override;
  std::optional<SteadyTime> expire() override;
  void relieve() override;
  [[nodiscard]] std::size_t kept_bytes() const override { return room_->used(); }

 private:
  [[nodiscard]] std::vector<std::shared_ptr<Session>> fullest() const;
  using Map = std::unordered_map<std::string, std::shared_ptr<Session>>;
  [[nodiscard]] std::shared_ptr<Session> displace_for(const std::string& owner);  // with the mutex held, as all below
  [[nodiscard]] std::shared_ptr<Session> take_oldest(const std::string& owner, bool may_be_busy);
  std::shared_ptr<Session> take(Map::iterator at);

  const Clock& clock_;
  const std::shared_ptr<Alarm> alarm_;
  const SessionLimits limits_;
  const std::shared_ptr<Room> room_ = std::make_shared<Room>(Streams::most_bytes_of_all);
  mutable std::mutex mutex_;  // guards the two below
  Map sessions_;
  std::unordered_map<std::string, std::size_t> held_;  // how many, by owner
};

}  // namespace tomada::session

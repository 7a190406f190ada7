#pragma once
// Peer: the client of a legacy conversation, as far as it is remembered: the agreed revision, what it can be asked,
// what it wants to hear, and the questions that wait for its answer. One for a pipe, one for each session.
#include "core/base/alarm.hpp"
#include "core/jsonrpc/message.hpp"
#include "core/protocol/revision.hpp"

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>

namespace tomada::protocol {

struct Response {
  const json::object* result = nullptr;  // borrowed for the call; null: the problem says why
  std::string problem;
};

class Peer final {
 public:
  static constexpr std::size_t most_subscriptions = 1000;
  static constexpr std::size_t most_subscribed_bytes = 128u << 10;  // of their URIs together
  static constexpr int silent = 8;                                  // above every level

  explicit Peer(std::shared_ptr<Alarm> alarm) : alarm_{std::move(alarm)} {}

  [[nodiscard]] const Revision* agreed() const noexcept { return agreed_.load(); }  // null: no handshake yet
  void agree_on(const Revision& revision, const json::object* capabilities);        // null: none
  [[nodiscard]] std::shared_ptr<const json::object> capabilities() const;           // as declared(); never null

  [[nodiscard]] int log_level() const noexcept { return log_level_.load(); }  // the least that it wants to hear
  void set_log_level(int level) noexcept { log_level_.store(level); }

  [[nodiscard]] bool subscribe(std::string_view uri);  // false: too many
  void unsubscribe(std::string_view uri);
  [[nodiscard]] bool is_subscribed(std::string_view uri) const;

  // Questions to the client. [any thread]; heard is called once, unless the question is withdrawn before.
  using Heard = std::function<void(const Response& response)>;
  [[nodiscard]] std::int64_t next_id() noexcept { return ++last_id_; }  // to ask with
  void await(std::int64_t id, SteadyTime until, Heard heard);           // before asking
  [[nodiscard]] std::size_t open_questions() const;                     // that nobody has answered yet
  bool withdraw(std::int64_t id);                                       // false: answered already
  void hear(const jsonrpc::Message& response);                          // what nobody asked is ignored
  std::optional<SteadyTime> expire(SteadyTime now);                     // the next time that one runs out
  void end_questions(std::string_view why);                             // all that wait hear of it

 private:
  struct Question {
    SteadyTime until;
    Heard heard;
  };
  [[nodiscard]] Heard take(std::int64_t id);

  const std::shared_ptr<Alarm> alarm_;
  std::atomic<const Revision*> agreed_{nullptr};
  std::atomic<int> log_level_{silent};
  std::atomic<std::int64_t> last_id_{0};
  mutable std::mutex mutex_;  // guards everything below
  std::shared_ptr<const json::object> capabilities_ = std::make_shared<const json::object>();
  std::set<std::string, std::less<>> subscriptions_;
  std::size_t subscribed_bytes_ = 0;
  std::map<std::int64_t, Question> questions_;
};

}  // namespace tomada::protocol

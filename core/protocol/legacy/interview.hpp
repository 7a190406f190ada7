#pragma once
// Interview: a tool's questions as real requests to the client, on the stream of the call that asks, and their answers.
#include "core/protocol/peer.hpp"
#include "core/protocol/service.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

namespace tomada::protocol::legacy {

class Interview final : public std::enable_shared_from_this<Interview> {
  struct Key {};

 public:
  static constexpr Milliseconds patience{600'000};  // with a person

  struct Heard {
    std::string answers;  // JSON object {key: answer}; only those of the right shape
    std::string failure;  // not empty: a sentence that says why the tool cannot go on
  };
  using Done = std::function<void(Heard heard)>;

  [[nodiscard]] static std::string unaskable(const Request& request, std::string_view questions);
  // Why this client cannot be asked, as a sentence; empty: it can. questions: JSON object {key: {method, params}}.

  [[nodiscard]] static std::shared_ptr<Interview> make(const Request& request, Done done);
  void ask(std::string_view questions, SteadyTime now);
  // done is called once, on any thread, also before this returns; never after cancel().
  bool cancel();  // the client gave the call up: its questions are withdrawn. False: it was over.

  Interview(Key, const Request& request, Done done);

 private:
  struct Question {
    std::string key, method;
  };
  void hear(std::int64_t id, const Response& response);
  [[nodiscard]] bool take(std::int64_t id, const Response& response, Heard& out);
  void withdraw_all();
  void finish(Heard heard);

  const std::shared_ptr<Peer> peer_;
  const std::shared_ptr<jsonrpc::Reply> reply_;
  const Revision& revision_;

  std::mutex mutex_;  // guards everything below; never held while asking or telling
  Done done_;         // empty: it is over
  std::map<std::int64_t, Question> waiting_;
  std::string answers_;  // members of the object
};

}  // namespace tomada::protocol::legacy

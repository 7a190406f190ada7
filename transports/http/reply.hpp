#pragma once
// PendingReply: where the answer to one HTTP request goes, from any thread, also when the connection is long gone.
#include "core/jsonrpc/exchange.hpp"
#include "transports/http/mailbox.hpp"

#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

namespace tomada::http {

class PendingReply final : public jsonrpc::Reply {
 public:
  PendingReply(std::shared_ptr<Mailbox> mailbox, std::weak_ptr<Connection> connection, std::uint64_t request,
               std::thread::id io_thread, bool takes_notices);
  ~PendingReply() override;  // dropped without an answer: a request is told that it failed, anything else is accepted

  void notify(std::string frame) override;
  void remark(std::string frame) override;
  void notify_as(std::string_view event, std::string frame) override;
  void begin(const jsonrpc::Opening& opening) override;
  void answer(jsonrpc::Answer answer) override;
  void on_disconnect(std::function<void()> gone) override;
  [[nodiscard]] bool takes_notices() const noexcept override { return takes_notices_; }

  void on_silence(const std::weak_ptr<jsonrpc::Reply>& begins) override;

  void client_waits();  // [the I/O thread] likewise the two below
  void client_left();
  [[nodiscard]] bool client_hung_up();
  // It asks nothing more and may be gone. True: who works on the answer wanted to hear of it and has,
  // no answer will follow; whoever asks only later is told at once, and its answer is sent.

 private:
  void send(News news, jsonrpc::Answer content);
  void tell(News news, jsonrpc::Answer content);  // unless nobody listens any more

  const std::shared_ptr<Mailbox> mailbox_;
  const std::weak_ptr<Connection> connection_;
  const std::uint64_t request_;
  const std::thread::id io_thread_;
  const bool takes_notices_;

  std::mutex mutex_;  // guards the five below; never held while calling gone_
  bool is_answered_ = false;
  bool has_client_left_ = false;
  bool has_client_hung_up_ = false;
  std::function<void()> gone_;
  std::weak_ptr<jsonrpc::Reply> begins_;
};

}  // namespace tomada::http

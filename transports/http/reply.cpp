#include "transports/http/reply.hpp"

#include "transports/http/connection.hpp"

#include <utility>

namespace tomada::http {

PendingReply::PendingReply(std::shared_ptr<Mailbox> mailbox, std::weak_ptr<Connection> connection,
                           std::uint64_t request, std::thread::id io_thread, bool takes_notices)
    : mailbox_{std::move(mailbox)},
      connection_{std::move(connection)},
      request_{request},
      io_thread_{io_thread},
      takes_notices_{takes_notices} {}

PendingReply::~PendingReply() {
  if (!is_answered_ && !has_client_left_) send(News::dropped, {});
}

void PendingReply::notify(std::string frame) { notify_as({}, std::move(frame)); }

void PendingReply::remark(std::string frame) { tell(News::remark, jsonrpc::Answer{200, std::move(frame)}); }

void PendingReply::notify_as(std::string_view event, std::string frame) {
  tell(News::notification, jsonrpc::Answer{200, std::move(frame), 0, {}, std::string{event}});
}

void PendingReply::tell(News news, jsonrpc::Answer content) {
  {
    const std::lock_guard lock{mutex_};
    if (is_answered_ || has_client_left_) return;
  }
  send(news, std::move(content));
}

void PendingReply::begin(const jsonrpc::Opening& opening) {
  if (!takes_notices_) return;
  send(News::beginning, jsonrpc::Answer{200, opening.endpoint, 0, {}, opening.event});
}

void PendingReply::answer(jsonrpc::Answer answer) {
  std::function<void()> forgotten;  // what it holds must not die under the lock, and must die: it may hold this reply
  {
    const std::lock_guard lock{mutex_};
    if (is_answered_ || has_client_left_) return;
    is_answered_ = true;
    forgotten.swap(gone_);
  }
  send(News::answer, std::move(answer));
}

void PendingReply::on_disconnect(std::function<void()> gone) {
  {
    const std::lock_guard lock{mutex_};
    if (is_answered_) return;
    if (!has_client_left_ && !has_client_hung_up_) {
      gone_ = std::move(gone);
      return;
    }
  }
  gone();
}

void PendingReply::on_silence(const std::weak_ptr<jsonrpc::Reply>& begins) {
  const std::lock_guard lock{mutex_};
  begins_ = begins;
}

void PendingReply::client_waits() {
  std::shared_ptr<jsonrpc::Reply> begins;
  {
    const std::lock_guard lock{mutex_};
    begins = begins_.lock();
  }
  if (begins) begins->begin({});
}

void PendingReply::client_left() {
  std::function<void()> gone;
  {
    const std::lock_guard lock{mutex_};
    if (is_answered_ || has_client_left_) return;
    has_client_left_ = true;
    gone.swap(gone_);
  }
  if (gone) gone();
}

bool PendingReply::client_hung_up() {
  {
    const std::lock_guard lock{mutex_};
    if (is_answered_) return false;
    has_client_hung_up_ = true;
    if (!gone_) return has_client_left_;
  }
  client_left();
  return true;
}

// Inside receive() the connection takes the answer at once, without a queue or a wake-up.
void PendingReply::send(News news, jsonrpc::Answer content) {
  Letter letter{connection_, request_, news, std::move(content)};
  if (std::this_thread::get_id() == io_thread_) {
    const auto connection = connection_.lock();
    if (connection && connection->is_receiving(request_)) return connection->take(std::move(letter));
  }
  mailbox_->post(std::move(letter));
}

}  // namespace tomada::http

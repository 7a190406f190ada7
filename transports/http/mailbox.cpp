#include "transports/http/mailbox.hpp"

#include "transports/http/connection.hpp"

#include <boost/asio/post.hpp>

#include <utility>

namespace tomada::http {

void Mailbox::post(Letter letter) {
  const std::lock_guard lock{mutex_};
  if (io_ == nullptr) return;
  letters_.push_back(std::move(letter));
  // One wake-up takes all letters that have come until it runs.
  if (letters_.size() == 1) asio::post(*io_, [self = shared_from_this()] { self->deliver(); });
}

void Mailbox::close() {
  std::vector<Letter> dropped;
  const std::lock_guard lock{mutex_};
  io_ = nullptr;
  dropped.swap(letters_);
}

void Mailbox::deliver() {
  std::vector<Letter> letters;
  {
    const std::lock_guard lock{mutex_};
    letters.swap(letters_);
  }
  for (auto& letter : letters) {
    if (const auto connection = letter.to.lock()) connection->take(std::move(letter));
  }
}

}  // namespace tomada::http

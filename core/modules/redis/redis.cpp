// Two connections: one for commands, one that hears the channel. Both never block: what may take long is waited for
// with poll(), so that the patience is one for the whole of it, whatever trickles in.
#include "core/base/descriptor.hpp"
#include "core/base/module.hpp"
#include "core/base/text.hpp"
#include "core/cache/wire.hpp"

#include <cerrno>
#include <chrono>
#include <hiredis/hiredis.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <system_error>
#include <utility>

namespace tomada::redis {
namespace {

using cache::Command;
using cache::Reply;
using Clock = std::chrono::steady_clock;

struct FreeContext {
  void operator()(redisContext* context) const noexcept { redisFree(context); }
};
using Context = std::unique_ptr<redisContext, FreeContext>;

struct FreeReply {
  void operator()(redisReply* reply) const noexcept { freeReplyObject(reply); }
};
using Answer = std::unique_ptr<redisReply, FreeReply>;

Reply to_reply(const redisReply& from) {
  Reply out;
  switch (from.type) {
    case REDIS_REPLY_STRING:
    case REDIS_REPLY_STATUS:
    case REDIS_REPLY_ERROR:
      out.kind = from.type == REDIS_REPLY_ERROR ? Reply::Kind::error : Reply::Kind::text;
      out.text.assign(from.str, from.len);
      break;
    case REDIS_REPLY_INTEGER:
      out.kind = Reply::Kind::number;
      out.number = from.integer;
      break;
    case REDIS_REPLY_ARRAY:
      out.kind = Reply::Kind::list;
      for (std::size_t i = 0; i < from.elements; ++i) out.list.push_back(to_reply(*from.element[i]));
      break;
    default:
      break;
  }
  return out;
}

class RedisWire final : public cache::Wire {
 public:
  explicit RedisWire(cache::WireOptions options) : options_{std::move(options)} {}

  Result<void> connect() override;
  Result<std::vector<Reply>> send(const std::vector<Command>& commands) override;
  Result<bool> wait(Milliseconds at_most) override;
  void wake() noexcept override { (void)::eventfd_write(waker_.number(), 1); }

 private:
  [[nodiscard]] Result<Context> open(Clock::time_point end) const;
  [[nodiscard]] Result<std::vector<Reply>> talk(redisContext& context, const std::vector<Command>& commands,
                                                Clock::time_point end) const;
  [[nodiscard]] Result<bool> hear();
  [[nodiscard]] Error lost(std::string_view why) const;
  [[nodiscard]] Clock::time_point end() const { return Clock::now() + options_.patience; }

  const cache::WireOptions options_;
  const Descriptor waker_{::eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK)};
  Context commands_, listener_;
};

// False: the time is over.
bool wait_for(int descriptor, short events, Clock::time_point end) {
  pollfd waiting{descriptor, events, 0};
  for (;;) {
    const auto left = std::chrono::ceil<Milliseconds>(end - Clock::now()).count();
    const int found = left > 0 ? ::poll(&waiting, 1, static_cast<int>(left)) : 0;
    if (found >= 0 || errno != EINTR) return found != 0;
  }
}

Error RedisWire::lost(std::string_view why) const {
  return failure(ErrorCode::unreachable,
                 text::concat({"Redis at ", options_.host, ":", std::to_string(options_.port), ": ", why}), {},
                 "start it, or correct cache.redis");
}

Result<Context> RedisWire::open(Clock::time_point end) const {
  Context out{redisConnectNonBlock(options_.host.c_str(), options_.port)};
  if (!out || out->err != 0) return lost(out ? out->errstr : "no memory");
  if (!wait_for(out->fd, POLLOUT, end)) return lost("it does not answer in time");
  int code = 0;
  socklen_t size = sizeof code;
  if (::getsockopt(out->fd, SOL_SOCKET, SO_ERROR, &code, &size) != 0 || code != 0) {
    return lost(std::generic_category().message(code));
  }
  out->flags |= REDIS_CONNECTED;
  std::vector<Command> greeting;
  if (!options_.password.empty()) {
    greeting.push_back(options_.user.empty() ? Command{"AUTH", options_.password}
                                             : Command{"AUTH", options_.user, options_.password});
  }
  greeting.push_back({"SELECT", std::to_string(options_.database)});
  const auto replies = talk(*out, greeting, end);
  if (!replies) return replies.error();
  for (const auto& reply : *replies) {
    if (reply.kind != Reply::Kind::error) continue;
    return failure(ErrorCode::unauthorised, lost(reply.text).message, {},
                   "correct cache.redis_user, cache.redis_password or the number of the database");
  }
  return out;
}

Result<void> RedisWire::connect() {
  commands_.reset();
  listener_.reset();
  const auto until = end();
  auto commands = open(until);
  if (!commands) return commands.error();
  auto listener = open(until);
  if (!listener) return listener.error();
  const auto heard = talk(**listener, {{"SUBSCRIBE", options_.channel}}, until);
  if (!heard) return heard.error();
  if (heard->front().kind == Reply::Kind::error) return lost(heard->front().text);
  commands_ = std::move(*commands);
  listener_ = std::move(*listener);
  return {};
}

Result<std::vector<Reply>> RedisWire::send(const std::vector<Command>& commands) {
  if (!commands_) return lost("it is not connected");
  auto out = talk(*commands_, commands, end());
  if (!out) commands_.reset();
  return out;
}

Result<std::vector<Reply>> RedisWire::talk(redisContext& context, const std::vector<Command>& commands,
                                           Clock::time_point end) const {
  for (const auto& command : commands) {
    std::vector<const char*> words;
    std::vector<std::size_t> sizes;
    for (const auto& word : command) {
      words.push_back(word.data());
      sizes.push_back(word.size());
    }
    if (redisAppendCommandArgv(&context, static_cast<int>(words.size()), words.data(), sizes.data()) != REDIS_OK) {
      return lost(context.errstr);
    }
  }
  std::vector<Reply> out;
  int is_sent = 0;
  while (out.size() < commands.size()) {
    if (is_sent == 0 && redisBufferWrite(&context, &is_sent) != REDIS_OK) return lost(context.errstr);
    void* found = nullptr;
    if (redisGetReplyFromReader(&context, &found) != REDIS_OK) return lost(context.errstr);
    if (const Answer answer{static_cast<redisReply*>(found)}; answer) {
      out.push_back(to_reply(*answer));
      continue;
    }
    const auto events = static_cast<short>(is_sent == 0 ? POLLIN | POLLOUT : POLLIN);
    if (!wait_for(context.fd, events, end)) return lost("it does not answer in time");
    if (redisBufferRead(&context) != REDIS_OK) return lost(context.errstr);
  }
  return out;
}

Result<bool> RedisWire::wait(Milliseconds at_most) {
  pollfd waiting[] = {{waker_.number(), POLLIN, 0}, {listener_ ? listener_->fd : -1, POLLIN, 0}};
  if (::poll(waiting, 2, static_cast<int>(at_most.count())) < 0) return false;  // a signal: as if the time were over
  eventfd_t woken = 0;
  if (waiting[0].revents != 0) (void)::eventfd_read(waker_.number(), &woken);
  return listener_ && waiting[1].revents != 0 ? hear() : Result<bool>{false};
}

Result<bool> RedisWire::hear() {
  bool has_heard = false;
  const bool is_read = redisBufferRead(listener_.get()) == REDIS_OK;
  for (void* found = nullptr; is_read; found = nullptr) {
    if (redisGetReplyFromReader(listener_.get(), &found) != REDIS_OK) break;
    const Answer answer{static_cast<redisReply*>(found)};
    if (!answer) return has_heard;
    has_heard = true;
  }
  const auto why = lost(listener_->errstr);
  listener_.reset();
  return why;
}

std::unique_ptr<cache::Wire> make(const cache::WireOptions& options) { return std::make_unique<RedisWire>(options); }

}  // namespace
}  // namespace tomada::redis

TOMADA_MODULE(redis, tomada::redis::make);

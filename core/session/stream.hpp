#pragma once
// Stream: what a request, or a session by itself, says to its client, event by event, over whichever connection listens
// now. Numbered events are kept, so that the client can come back for those that it has not heard.
#include "core/jsonrpc/exchange.hpp"
#include "core/session/room.hpp"

#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

namespace tomada::session {

struct Numbering {           // what a revision makes of a stream
  bool has_ids = false;      // its events have ids and are kept
  bool has_polling = false;  // and it begins with one, so that it may end before its answer
};

enum class Resumption {
  resumed,
  unknown,  // no such event, or what came after it is no longer kept
  over,     // there is nothing after it, and nothing will come
};

class Stream final {  // [any thread]
 public:
  Stream(std::string name, std::shared_ptr<Room> room);  // name: what precedes "-NUMBER" in its events' ids
  Stream(std::string name, std::shared_ptr<Room> room, std::shared_ptr<jsonrpc::Reply> to, Numbering numbering);
  // Opened already; send() or the first thing that is said begins it.
  ~Stream();
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;

  // The connection that listens. All these send what is due before they return, unless another thread is sending.
  [[nodiscard]] bool open(std::shared_ptr<jsonrpc::Reply> to, Numbering numbering, std::string endpoint = {});
  // It hears what none has heard. endpoint: as in jsonrpc::Opening. False: somebody listens already.
  [[nodiscard]] Resumption resume(std::uint64_t heard, const std::shared_ptr<jsonrpc::Reply>& to);
  // It hears what follows that event; the connection before it ends.
  void leave(const jsonrpc::Reply* gone);  // it listens no more
  void hang_up();                          // it has heard what there is, and ends; its client comes back for the rest

  void send();  // what is due
  void say(std::string frame);
  void say_latest(std::string frame);  // instead of the same said before, heard or not
  void say_once(std::string frame);    // to whoever listens now; not kept
  void answer(std::string frame);      // the last one
  void end();                          // without an answer
  void drop();                         // likewise, and whoever listens is not told: no answer will come

  void forget();  // what is kept; what comes is only for who listens
  [[nodiscard]] bool is_heard() const;

 private:
  struct Event {
    std::uint64_t number = 0;
    std::string frame;
    bool is_kept = true;
  };
  struct Step;  // the next thing that a connection is told
  using Events = std::deque<Event>;
  void listen(std::shared_ptr<jsonrpc::Reply> to, Numbering numbering);
  void add(std::string frame, bool is_kept = true);  // with the mutex held, as all below
  void forget_until(std::uint64_t number);
  [[nodiscard]] Events::iterator first_after(std::uint64_t number);
  [[nodiscard]] Step next_step();
  [[nodiscard]] Step step_of(Events::iterator event);
  [[nodiscard]] std::string id_of(std::uint64_t number) const;

  const std::string name_;
  const std::shared_ptr<Room> room_;
  mutable std::mutex mutex_;            // guards everything below; never held while a connection is told something
  std::shared_ptr<jsonrpc::Reply> to_;  // null: nobody listens
  Numbering numbering_;
  Events events_;                // by number
  std::uint64_t last_ = 0;       // the number of the last one said
  std::uint64_t sent_ = 0;       // of the last one that the connection was told
  std::uint64_t given_ = 0;      // of the last one that any connection was told
  std::uint64_t forgotten_ = 0;  // nothing up to here can be told again
  bool keeps_ = true;
  bool must_begin_ = false;
  jsonrpc::Opening opening_;  // where it must
  bool is_hanging_up_ = false;
  bool has_answer_ = false;  // the last event is the answer
  bool is_over_ = false;     // nothing will be said any more
  bool is_sending_ = false;
};

}  // namespace tomada::session

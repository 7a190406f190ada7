#pragma once
// Connection: one client's requests, answered in order. It lives on one I/O thread.
#include "core/base/clock.hpp"
#include "transports/http/mailbox.hpp"
#include "transports/http/reply.hpp"
#include "transports/http/request.hpp"
#include "transports/http/router.hpp"
#include "transports/http/socket.hpp"
#include "transports/http/surroundings.hpp"
#include "transports/http/visitor.hpp"
#include "transports/http/wire.hpp"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

namespace tomada::http {

class Connection final : public std::enable_shared_from_this<Connection> {
 public:
  Connection(Wire wire, const Tcp::endpoint& peer, Surroundings& around);

  void start();
  void take(Letter letter);
  [[nodiscard]] bool is_receiving(std::uint64_t request) const noexcept {
    return is_receiving_ && request == request_number_;
  }
  void sweep();   // ends what has been waited for too long
  void retire();  // draining: closes when nothing is under way
  void close();
  [[nodiscard]] bool is_answering() const noexcept;  // a request awaits its answer or the answer's last byte

 private:
  enum class Phase {
    reading,    // between requests or inside one
    waiting,    // the receiver has the request
    streaming,  // as waiting, the head of an event stream has been sent
    ending,     // the last answer is being written
    lingering,  // it is written; what the client still sends is thrown away, so that it can read the answer
    closed,
  };

  void pump();
  void work();
  [[nodiscard]] bool flush();
  void rest();
  void watch();
  void read();
  void on_read(const SocketError& error, std::size_t bytes);
  void on_readable(const SocketError& error);
  void on_end_of_requests();
  void await_answer();
  void on_written(const SocketError& error, std::size_t bytes);
  void write_rest();
  void on_writable(const SocketError& error);
  void notice_silence();
  void linger();
  void throw_away();

  void on_head();
  void identify();   // who asks; who may not is turned away
  void hold_back();  // turns away an address that has no call left
  void turn_away(Refusal refusal);
  void on_complete();
  void hand_over();
  void hear(std::shared_ptr<jsonrpc::Reply> reply);
  void begin_stream(const jsonrpc::Opening& opening);
  [[nodiscard]] jsonrpc::Answer answer_to_dropped();
  enum class Weight { light, whole };  // light: a slow client can do without it
  void stream(const jsonrpc::Answer& event, Weight weight);
  void conclude(jsonrpc::Answer answer);
  void give_up_request(int status, std::string reason);  // its rest will not come
  void refuse(const Refusal& refusal, Framing framing);
  void respond(Response response, const Framing& framing);
  void compress(Response& response) const;
  void finish_request();
  void set_deadline(Milliseconds from_now) { deadline_ = around_.now + from_now; }

  Surroundings& around_;
  Wire wire_;
  const Tcp::endpoint peer_;
  RequestReader reader_;
  Phase phase_ = Phase::reading;
  Decision decision_;
  Framing framing_;
  Visitor visitor_;
  std::shared_ptr<const Principal> principal_;  // of the request under way
  bool is_starved_ = false;
  bool is_concluded_ = false;   // the answer is written to out_, the request may still be looked at by the receiver
  bool is_receiving_ = false;   // inside the receiver's receive()
  bool is_reading_ = false;     // an async read into the reader's buffer is under way: nothing may be parsed
  bool is_watching_ = false;    // waiting for bytes or the end without reading: parsing is allowed
  bool has_heard_all_ = false;  // the client has closed its sending side; it may still listen
  bool is_writing_ = false;
  std::uint64_t request_number_ = 0;
  std::weak_ptr<PendingReply> reply_;
  SteadyTime deadline_ = SteadyTime::max();
  SteadyTime write_deadline_ = SteadyTime::max();
  SteadyTime last_event_{};
  std::string out_;        // what is to be written next
  std::string in_flight_;  // what the socket has not taken yet
  std::size_t written_ = 0;
};

}  // namespace tomada::http

// The byte side of a connection. The hot path is one read and one write per request: an asynchronous read (Asio does
// not even try it before the socket is ready), everything that is complete is answered into one string, and that is
// written at once without waiting. While a request awaits its answer the connection only watches for readability:
// bytes of later requests are kept, the end of the connection is noticed, and parsing stays possible at any moment.
// Deadlines are plain times that the thread's sweep looks at; no timer is touched per request.
#include "transports/http/connection.hpp"

#include "transports/http/address.hpp"

#include <boost/asio/post.hpp>

#include <array>
#include <utility>

namespace tomada::http {
namespace {

constexpr std::size_t most_unwritten = 256u << 10;  // pipelined answers gathered before a write
constexpr std::size_t most_read_ahead = 64u << 10;  // bytes kept of requests whose turn has not come
constexpr std::size_t kept_output_memory = 64u << 10;
constexpr Milliseconds linger_timeout{2000};
constexpr Milliseconds between_comments{15'000};
constexpr int reads_before_others = 16;  // of what is thrown away, until other connections get their turn

void forget(std::string& text) {
  text.clear();
  if (text.capacity() > kept_output_memory) std::string{}.swap(text);
}

}  // namespace

Connection::Connection(Wire wire, const Tcp::endpoint& peer, Surroundings& around)
    : around_{around},
      wire_{std::move(wire)},
      peer_{peer},
      reader_{around.options.max_header_bytes, around.options.max_body_bytes},
      visitor_{network_of(peer)},
      principal_{around.principal} {}

void Connection::start() {
  around_.tally.opened();
  around_.census.joined();
  set_deadline(wire_.is_encrypted() ? around_.options.header_timeout : around_.options.idle_timeout);
  read();
}

void Connection::pump() {
  do {
    work();
    if (!flush()) return;  // closed, or on_written() continues
  } while (phase_ == Phase::reading && !is_starved_);
  rest();
}

void Connection::work() {
  is_starved_ = false;
  while (phase_ == Phase::reading && !is_writing_ && !is_starved_ && out_.size() < most_unwritten) {
    switch (reader_.advance()) {
      case Progress::starved:
        is_starved_ = true;
        break;
      case Progress::head:
        on_head();
        break;
      case Progress::complete:
        on_complete();
        break;
      case Progress::refused:
        refuse(reader_.refusal(), Framing{});
        break;
    }
  }
}

// True: everything is written.
bool Connection::flush() {
  if (phase_ == Phase::closed || is_writing_) return false;
  if (out_.empty()) return true;
  SocketError error;
  const std::size_t written = wire_.write_some(asio::buffer(out_), error);
  if (error && error != asio::error::would_block) {
    close();
    return false;
  }
  if (written == out_.size()) {
    forget(out_);
    return true;
  }
  in_flight_.swap(out_);
  out_.clear();
  written_ = written;
  is_writing_ = true;
  write_deadline_ = around_.now + around_.options.body_timeout;
  write_rest();
  return false;
}

void Connection::write_rest() {
  const auto rest = asio::buffer(in_flight_) + written_;
  if (wire_.is_encrypted()) {
    wire_.socket().async_wait(Socket::wait_write,
                              [self = shared_from_this()](const SocketError& error) { self->on_writable(error); });
    return;
  }
  wire_.socket().async_write_some(rest, [self = shared_from_this()](const SocketError& error, std::size_t bytes) {
    self->on_written(error, bytes);
  });
}

void Connection::on_writable(const SocketError& problem) {
  if (phase_ == Phase::closed) return;
  if (problem) return close();
  SocketError error;
  const std::size_t written = wire_.write_some(asio::buffer(in_flight_) + written_, error);
  if (error == asio::error::would_block) return write_rest();
  on_written(error, written);
}

void Connection::on_written(const SocketError& error, std::size_t bytes) {
  if (phase_ == Phase::closed) return;
  if (error) return close();
  written_ += bytes;
  if (written_ < in_flight_.size()) return write_rest();
  is_writing_ = false;
  forget(in_flight_);
  pump();
}

void Connection::rest() {
  switch (phase_) {
    case Phase::reading:
      return read();
    case Phase::waiting:
    case Phase::streaming:
      return watch();
    case Phase::ending:
      return linger();
    case Phase::lingering:
    case Phase::closed:
      return;
  }
}

void Connection::read() {
  if (has_heard_all_) return on_end_of_requests();
  if (is_reading_ || is_watching_) return;
  if (wire_.is_encrypted()) return watch();
  is_reading_ = true;
  wire_.socket().async_read_some(
      reader_.space(),
      [self = shared_from_this()](const SocketError& error, std::size_t bytes) { self->on_read(error, bytes); });
}

void Connection::on_read(const SocketError& error, std::size_t bytes) {
  is_reading_ = false;
  if (phase_ == Phase::closed) return;
  if (error == asio::error::eof) return on_end_of_requests();
  if (error) return close();
  if (phase_ == Phase::lingering) return watch();
  if (reader_.is_between_requests()) set_deadline(around_.options.header_timeout);
  reader_.filled(bytes);
  pump();
}

void Connection::watch() {
  if (has_heard_all_) return await_answer();
  if (is_reading_ || is_watching_) return;
  if (phase_ != Phase::lingering && reader_.buffered() >= most_read_ahead) return;
  is_watching_ = true;
  const auto on_ready = [self = shared_from_this()](const SocketError& error) { self->on_readable(error); };
  if (wire_.has_more()) return asio::post(wire_.socket().get_executor(), [on_ready] { on_ready({}); });
  wire_.socket().async_wait(wire_.waits_for(), on_ready);
}

void Connection::on_readable(const SocketError& problem) {
  is_watching_ = false;
  if (phase_ == Phase::closed) return;
  if (problem) return close();
  if (phase_ == Phase::lingering) return throw_away();
  SocketError error;
  const bool is_new = reader_.is_between_requests();
  const std::size_t bytes = wire_.read_some(reader_.space(), error);
  if (error == asio::error::would_block) return rest();
  if (error == asio::error::eof) return on_end_of_requests();
  if (error) return close();
  if (is_new) set_deadline(around_.options.header_timeout);
  reader_.filled(bytes);
  pump();
}

// The client says no more but may still listen (core/decisions/0006). What it has said is answered.
void Connection::on_end_of_requests() {
  has_heard_all_ = true;
  if (phase_ == Phase::waiting || phase_ == Phase::streaming) return await_answer();
  if (is_writing_) return;  // on_written() continues
  if (phase_ != Phase::reading || reader_.is_between_requests()) return close();
  give_up_request(400, "the connection ended before the request did");
  pump();
}

// A reset is the one thing that can still be heard: it says that the client does not listen either.
void Connection::await_answer() {
  if (const auto reply = reply_.lock(); reply && reply->client_hung_up()) return close();
  if (is_watching_) return;
  is_watching_ = true;
  wire_.socket().async_wait(Socket::wait_error, [self = shared_from_this()](const SocketError&) { self->close(); });
}

// Closing while unread bytes lie in the socket would reset the connection and could destroy the answer on its way.
void Connection::linger() {
  if (has_heard_all_ || (around_.is_draining && reader_.refusal().status == 0)) return close();
  phase_ = Phase::lingering;
  wire_.finish_sending();
  set_deadline(reader_.refusal().ends_connection ? around_.options.body_timeout : linger_timeout);
  watch();
}

void Connection::throw_away() {
  std::array<char, 16u << 10> bin;
  SocketError error;
  for (int reads = 0; reads < reads_before_others && !error; ++reads)
    wire_.socket().read_some(asio::buffer(bin), error);
  if (error && error != asio::error::would_block) return close();
  watch();
}

void Connection::sweep() {
  if (is_writing_ && around_.now >= write_deadline_) return close();
  auto* doorkeeper = around_.options.doorkeeper;
  const bool is_stream = phase_ == Phase::streaming && decision_.needs_principal;
  if (is_stream && doorkeeper && !visitor_.may_stay(*doorkeeper, around_.now)) return close();
  if (phase_ == Phase::streaming && !is_writing_ && around_.now >= last_event_ + between_comments) {
    write_stream_comment(out_, framing_);
    last_event_ = around_.now;
    return pump();
  }
  if (around_.now < deadline_ || is_writing_) return;
  if (phase_ == Phase::waiting) return notice_silence();
  if (phase_ != Phase::reading || reader_.is_between_requests()) return close();
  give_up_request(408, "the request did not arrive in time");
  pump();
}

void Connection::notice_silence() {
  deadline_ = SteadyTime::max();
  if (const auto reply = reply_.lock()) reply->client_waits();
}

void Connection::retire() {
  if (phase_ == Phase::lingering) return close();
  if (phase_ != Phase::reading || !reader_.is_between_requests() || is_writing_) return;
  SocketError ignored;
  if (wire_.socket().available(ignored) == 0 && !wire_.has_more())
    close();  // otherwise a request is there; its answer will end the connection
}

void Connection::close() {
  if (phase_ == Phase::closed) return;
  const auto self = shared_from_this();
  phase_ = Phase::closed;
  wire_.close();
  if (const auto reply = reply_.lock()) reply->client_left();
  around_.tally.closed();
  around_.connections.erase(self);
  around_.census.left();
}

bool Connection::is_answering() const noexcept {
  return phase_ == Phase::waiting || phase_ == Phase::streaming || phase_ == Phase::ending || is_writing_;
}

}  // namespace tomada::http

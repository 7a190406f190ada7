#include "transports/stdio/server.hpp"

#include "core/base/text.hpp"
#include "transports/stdio/line_reader.hpp"
#include "transports/stdio/output.hpp"

#include <cerrno>
#include <poll.h>
#include <unistd.h>

namespace tomada::stdio {

struct Server::State {
  State(Options given, session::Receiver& frames, std::shared_ptr<const Principal> caller)
      : options{given},
        receiver{frames},
        principal{std::move(caller)},
        output{std::make_shared<Output>(given.output)},
        lines{given.max_frame_bytes, [this](std::string_view line) { receive(line); }, [this] { refuse_line(); }} {}

  void receive(std::string_view line) { receiver.receive(line, headers, output->reply(), principal); }
  void refuse_line();
  [[nodiscard]] bool wait_readable() const;
  [[nodiscard]] bool read_block();

  const Options options;
  session::Receiver& receiver;
  const std::shared_ptr<const Principal> principal;
  const jsonrpc::NoHeaders headers;
  const std::shared_ptr<Output> output;  // replies in flight keep it
  LineReader lines;
};

void Server::State::refuse_line() {
  const auto problem =
      text::concat({"the frame is longer than ", std::to_string(options.max_frame_bytes), " bytes and was skipped"});
  receiver.unreadable(problem, output->reply(), principal);
}

bool Server::State::wait_readable() const {
  pollfd waits[2] = {{options.input, POLLIN, 0}, {output->stopped().descriptor(), POLLIN, 0}};
  while (::poll(waits, 2, -1) < 0) {
    if (errno != EINTR) return false;
  }
  return waits[1].revents == 0 && waits[0].revents != 0;
}

// False: the input has ended.
bool Server::State::read_block() {
  const auto space = lines.space();
  const auto count = ::read(options.input, space.data(), space.size());
  if (count < 0 && (errno == EINTR || errno == EAGAIN)) return true;
  output->begin_gathering();
  if (count > 0) {
    lines.received(static_cast<std::size_t>(count));
  } else {
    lines.finish();
  }
  output->end_gathering();
  return count > 0;
}

Server::Server(Options options, session::Receiver& receiver, std::shared_ptr<const Principal> principal)
    : state_{std::make_unique<State>(options, receiver, std::move(principal))} {}

Server::~Server() { state_->output->close(); }

void Server::run() {
  state_->receiver.attach(state_->output->outlet());
  while (state_->wait_readable() && !state_->output->is_broken()) {
    if (!state_->read_block()) return;
  }
}

void Server::stop() { state_->output->stop(); }

bool Server::drain(Milliseconds at_most) { return state_->output->drain(at_most); }

}  // namespace tomada::stdio

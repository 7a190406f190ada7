#include "tests/unit/http/support.hpp"

#include "core/base/text.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <cctype>
#include <netinet/in.h>
#include <stdexcept>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

namespace tomada::http::test {

void TestReceiver::receive(std::string_view frame, const jsonrpc::HeaderView& headers,
                           std::shared_ptr<jsonrpc::Reply> reply, std::shared_ptr<const Principal> principal) {
  {
    const std::lock_guard lock{mutex_};
    ++count_;
    if (holds_) {
      received_.push_back({std::string{frame}, std::string{headers.find("mcp-method").value_or("")},
                           headers.is_ambiguous("mcp-method"), headers.accepts_answers(), std::move(principal),
                           std::move(reply)});
      arrived_.notify_all();
      return;
    }
  }
  if (answer_) return answer_(*reply);
  reply->answer(jsonrpc::Answer{200, text::concat({R"({"echo":)", frame, "}"}), 0});
}

void TestReceiver::open_stream(const jsonrpc::HeaderView& headers, const std::shared_ptr<jsonrpc::Reply>& reply,
                               const Principal& principal) {
  if (!holds_) return Receiver::open_stream(headers, reply, principal);
  receive("GET", headers, reply, std::make_shared<const Principal>(principal));
}

void TestReceiver::end_session(const jsonrpc::HeaderView& headers, const std::shared_ptr<jsonrpc::Reply>& reply,
                               const Principal& principal) {
  if (!holds_) return Receiver::end_session(headers, reply, principal);
  receive("DELETE", headers, reply, std::make_shared<const Principal>(principal));
}

void TestReceiver::open_sse(const std::shared_ptr<jsonrpc::Reply>& reply, const Principal& principal) {
  receive("SSE", jsonrpc::NoHeaders{}, reply, std::make_shared<const Principal>(principal));
}

void TestReceiver::receive_sse(std::string_view session, std::string_view frame, const jsonrpc::HeaderView& headers,
                               const std::shared_ptr<jsonrpc::Reply>& reply,
                               const std::shared_ptr<const Principal>& principal) {
  receive(text::concat({session, ": ", frame}), headers, reply, principal);
}

Received TestReceiver::next() {
  std::unique_lock lock{mutex_};
  if (!arrived_.wait_for(lock, std::chrono::seconds{20}, [this] { return !received_.empty(); })) {
    throw std::runtime_error("no frame arrived");
  }
  Received out = std::move(received_.front());
  received_.erase(received_.begin());
  return out;
}

std::size_t TestReceiver::count() const {
  const std::lock_guard lock{mutex_};
  return count_;
}

std::string Reading::header(const std::string& name) const {
  const auto found = headers.find(name);
  return found == headers.end() ? std::string{} : found->second;
}

Client::Client(std::uint16_t port, const char* at) : socket_{::socket(AF_INET, SOCK_STREAM, 0)} {
  const timeval patience{20, 0};  // a hung server fails the test instead of hanging it
  ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = ::inet_addr(at);
  if (::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    throw std::runtime_error("cannot connect to the server under test");
  }
}

Client::~Client() { close(); }

void Client::close() {
  if (socket_ >= 0) ::close(socket_);
  socket_ = -1;
}

void Client::reset() {
  const linger at_once{1, 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
  close();
}

void Client::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
}

void Client::finish_sending() { ::shutdown(socket_, SHUT_WR); }

bool Client::fill() {
  char bytes[65536];
  const auto got = ::recv(socket_, bytes, sizeof bytes, 0);
  if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) throw std::runtime_error("the server says nothing");
  if (got <= 0) return false;
  buffer_.append(bytes, static_cast<std::size_t>(got));
  return true;
}

bool Client::is_ended() {
  if (!buffer_.empty()) return false;
  return !fill();
}

std::string Client::take(std::size_t bytes) {
  while (buffer_.size() < bytes && fill()) continue;
  std::string out = buffer_.substr(0, bytes);
  buffer_.erase(0, bytes);
  return out;
}

std::string Client::read_until(std::string_view mark) {
  while (buffer_.find(mark) == std::string::npos) {
    if (!fill()) return {};
  }
  return take(buffer_.find(mark) + mark.size());
}

std::string Client::take_line() {
  std::string line = read_until("\r\n");
  return line.empty() ? line : line.substr(0, line.size() - 2);
}

std::string Client::take_chunks() {
  std::string out;
  for (;;) {
    const auto length = std::stoul(take_line(), nullptr, 16);
    out += take(length);
    (void)take_line();
    if (length == 0) return out;
  }
}

Reading Client::read(bool is_head) {
  Reading out;
  const std::string status = take_line();
  if (status.rfind("HTTP/1.1 ", 0) != 0) return out;
  out.status = std::stoi(status.substr(9));
  for (std::string line = take_line(); !line.empty(); line = take_line()) {
    const auto colon = line.find(": ");
    std::string name = line.substr(0, colon);
    std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) { return std::tolower(c); });
    out.headers[name] = line.substr(colon + 2);
  }
  if (is_head || out.status == 100 || out.status == 204) return out;
  if (out.header("transfer-encoding") == "chunked") {
    out.body = take_chunks();
  } else if (const auto length = out.header("content-length"); !length.empty()) {
    out.body = take(std::stoul(length));
  } else {
    while (fill()) continue;
    out.body.swap(buffer_);
  }
  return out;
}

std::string post(std::string_view body, std::string_view more_headers) {
  return text::concat({"POST /mcp HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ",
                       std::to_string(body.size()), "\r\n", more_headers, "\r\n", body});
}

std::string get(std::string_view path, std::string_view more_headers) {
  return text::concat({"GET ", path, " HTTP/1.1\r\nHost: localhost\r\n", more_headers, "\r\n"});
}

Fixture::Fixture(Options options, bool holds, std::vector<Route> routes) {
  if (holds) receiver.hold();
  if (options.listen == Options{}.listen) options.listen = "127.0.0.1:0";
  server = std::make_unique<Server>(std::move(options), &receiver, std::move(routes), log, metrics);
  const auto started = server->start();
  if (!started) throw std::runtime_error(started.error().text());
  port = *started;
}

Reading Fixture::ask(std::string_view bytes) {
  Client client{port};
  client.send(bytes);
  return client.read();
}

}  // namespace tomada::http::test

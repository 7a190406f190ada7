// A client of a pipe that does not read: what nobody asked for must not pile up for it.
#include "tests/unit/stdio/support.hpp"
#include "transports/stdio/output.hpp"

using namespace tomada;
using namespace tomada::test;

namespace {

struct Unread {
  Unread() { ::fcntl(pipe.writer(), F_SETPIPE_SZ, 4096); }
  ~Unread() {
    output->close();
    writing.join();
  }
  std::string read_all() {
    std::string out;
    std::array<char, 65536> block;
    while (out.size() < 2 || out.substr(out.size() - 2) != "E\n") {
      const auto count = ::read(pipe.reader(), block.data(), block.size());
      if (count <= 0) break;
      out.append(block.data(), static_cast<std::size_t>(count));
    }
    return out;
  }
  void fill() {  // one thread waits for the client with the first line, the others pile up behind it
    int unread = 0;
    while (unread < 4096) ::ioctl(pipe.reader(), FIONREAD, &unread);
    for (int i = 0; i < 5; ++i) output->send(std::string(1u << 20, 'x'));
  }

  Pipe pipe;
  std::shared_ptr<stdio::Output> output = std::make_shared<stdio::Output>(pipe.writer());
  std::shared_ptr<jsonrpc::Reply> outlet = output->outlet(), call = output->reply();
  std::thread writing{[this] { output->send(std::string(100'000, 'a')); }};
};

std::size_t count(const std::string& in, const std::string& line) {
  std::size_t out = 0;
  for (auto at = in.find(line); at != std::string::npos; at = in.find(line, at + 1)) ++out;
  return out;
}

}  // namespace

TEST_CASE("a client that does not read hears of each change once, of no progress, and gets every answer") {
  Unread client;
  CHECK_FALSE(client.call->is_behind());
  client.fill();
  CHECK(client.call->is_behind());
  for (int i = 0; i < 1000; ++i) client.outlet->notify("the tools changed");
  client.outlet->notify("the prompts changed");
  client.call->remark("progress");
  client.call->answer({200, "the answer"});
  client.output->send("E");
  const auto heard = client.read_all();
  CHECK(count(heard, "the tools changed\n") == 1);
  CHECK(count(heard, "the prompts changed\n") == 1);
  CHECK(count(heard, "progress\n") == 0);
  CHECK(count(heard, "the answer\n") == 1);
  CHECK_FALSE(client.call->is_behind());
}

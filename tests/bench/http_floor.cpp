// http_floor: our HTTP transport with nothing behind it. It answers every frame with one constant, so that the
// benchmark can tell the cost of the transport from the cost of MCP. Usage: http_floor PORT ANSWER_FILE
#include "core/base/clock.hpp"
#include "core/log/log.hpp"
#include "core/metrics/metrics.hpp"
#include "transports/http/server.hpp"

#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>
#include <unistd.h>
#include <utility>

namespace {

class Constant final : public tomada::session::Receiver {
 public:
  explicit Constant(std::string answer) : answer_{std::move(answer)} {}
  void receive(std::string_view, const tomada::jsonrpc::HeaderView&, std::shared_ptr<tomada::jsonrpc::Reply> reply,
               std::shared_ptr<const tomada::Principal>) override {
    reply->answer(tomada::jsonrpc::Answer{200, answer_, 0});
  }
  void unreadable(std::string_view, std::shared_ptr<tomada::jsonrpc::Reply>,
                  std::shared_ptr<const tomada::Principal>) override {}

 private:
  const std::string answer_;
};

}  // namespace

int main(int count, char** arguments) {
  if (count != 3) {
    std::fprintf(stderr, "usage: http_floor PORT ANSWER_FILE\n");
    return 1;
  }
  std::ifstream file{arguments[2], std::ios::binary};
  Constant receiver{std::string{std::istreambuf_iterator<char>{file}, {}}};
  tomada::SystemClock clock;
  tomada::metrics::Registry metrics;
  tomada::log::Logger log{{}, clock, metrics};
  tomada::http::Options options;
  options.listen = std::string{"127.0.0.1:"} + arguments[1];
  tomada::http::Server server{options, &receiver, {}, log, metrics};
  const auto port = server.start();
  if (!port) {
    std::fprintf(stderr, "%s\n", port.error().text().c_str());
    return 1;
  }
  std::printf("%u\n", static_cast<unsigned>(*port));
  std::fflush(stdout);
  ::pause();
}

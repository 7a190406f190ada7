#pragma once
// Connection: one keep-alive connection to an upstream. Hides the HTTP client library.
#include "core/base/result.hpp"
#include "core/upstream/client.hpp"
#include "core/upstream/patience.hpp"
#include "core/upstream/url.hpp"
#include "core/upstream/watchdog.hpp"

#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace tomada::upstream {

struct Exchange {
  std::string http_method, target;  // target: path and query as sent
  std::vector<std::pair<std::string, std::string>> headers;
  std::string body;
};

enum class Broken { forbidden, connect, tls, cut, timeout, cancelled, too_large };
struct Breakage {
  Broken how = Broken::cut;
  std::string reason;            // a half sentence without credentials or bodies
  bool may_have_arrived = true;  // the request, at the upstream
  bool was_answering = false;    // it surely did: the answer had begun
};

class Connection {
 public:
  virtual ~Connection() = default;
  // Blocks at most `at_most`, less when the patience ends; the socket is shut then. Status, headers and body are set.
  [[nodiscard]] virtual boost::system::result<Response, Breakage> run(const Exchange& exchange, Milliseconds at_most,
                                                                      const Patience& patience) = 0;
};

struct ConnectionOptions {
  Milliseconds connect_timeout{3'000};
  std::size_t max_response_bytes = 64u << 20;
};

[[nodiscard]] std::unique_ptr<Connection> make_connection(const Url& url, const std::string& address,
                                                          const ConnectionOptions& options, Watchdog& watchdog);

// For boost::system::result: reading the value of a broken exchange is a bug.
[[noreturn]] void throw_exception_from_error(const Breakage& breakage, const boost::source_location&);

}  // namespace tomada::upstream

#pragma once
// What a transport and the layers above hand to each other: headers in, frames out.
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tomada::jsonrpc {

// What the protocol may know of a request's headers; a transport without headers leaves is_present false.
class HeaderView {
 public:
  virtual ~HeaderView() = default;
  [[nodiscard]] virtual bool is_present() const noexcept = 0;
  [[nodiscard]] virtual std::optional<std::string_view> find(
      std::string_view name) const noexcept = 0;  // name: any case; trimmed; of several the first
  [[nodiscard]] virtual bool is_ambiguous(std::string_view name) const noexcept = 0;
  // Given more than once, with different values: whoever stands in between may have read another one than find().
  [[nodiscard]] virtual bool accepts_answers() const noexcept = 0;
  // The client takes application/json or text/event-stream (or does not say what it takes).
  [[nodiscard]] virtual std::string_view address() const noexcept { return {}; }
  // The network that the request came from, as bytes to count by; empty: a pipe has none.
};

class NoHeaders final : public HeaderView {
 public:
  [[nodiscard]] bool is_present() const noexcept override { return false; }
  [[nodiscard]] std::optional<std::string_view> find(std::string_view) const noexcept override { return {}; }
  [[nodiscard]] bool is_ambiguous(std::string_view) const noexcept override { return false; }
  [[nodiscard]] bool accepts_answers() const noexcept override { return true; }
};

struct Answer {
  int status = 200;             // HTTP; stdio ignores it
  std::string body;             // one JSON-RPC frame; empty: nothing to say (202 on HTTP)
  int retry_after_seconds = 0;  // > 0: Retry-After
  std::string session{};        // HTTP: the Mcp-Session-Id of the session that begins with this answer; empty: none
  std::string event{};          // HTTP: the id of its event, where the answer ends a stream; empty: none
};

// What a stream says before its first frame. HTTP only.
struct Opening {
  std::string event{};     // an event of nothing but this id, so that the stream can be taken up from here; empty: none
  std::string endpoint{};  // HTTP+SSE: where the client sends its frames; empty: nothing is said of it
};

// Where the answer to one frame goes. Implemented by transports. [any thread]; outlives the connection safely.
class Reply {
 public:
  virtual ~Reply() = default;
  virtual void notify(
      std::string frame) = 0;  // before the answer, related to this request; HTTP: turns the answer into a stream
  virtual void remark(std::string frame) { notify(std::move(frame)); }
  // The same for what a client can do without: left out where it reads too slowly. Nothing else ever is: a client that
  // is too far behind loses its stream instead.
  [[nodiscard]] virtual bool is_behind() const { return false; }
  // The client has left so much unread that whoever only tells it of changes must stop; where a connection can be
  // closed for it, that happens instead and this stays false.
  virtual void notify_as(std::string_view, std::string frame) { notify(std::move(frame)); }  // with the id of its event
  virtual void begin(const Opening&) {}
  // The answer will be a stream that may stay silent for long: HTTP sends its head now.
  virtual void on_silence(const std::weak_ptr<Reply>&) {}
  // HTTP: begin() of the one given is called when the client has waited for some seconds and nothing was said.
  virtual void hang_up() {}
  // The client need not wait on this connection: where it can come back for the answer, the connection ends here.
  virtual void answer(Answer answer) = 0;  // exactly once; later calls are ignored
  virtual void on_disconnect(std::function<void()> gone) = 0;
  // Called at most once, when the client left before the answer. A client that may have left but could still listen
  // (HTTP: it closed its sending side) counts as gone for those who ask here; the others still answer it.
  [[nodiscard]] virtual bool takes_notices() const noexcept { return true; }
  // False: notify() reaches nobody, because the client takes no stream as its answer.
};

}  // namespace tomada::jsonrpc

#pragma once
// RequestReader: bytes of one connection to requests, one at a time, refusing what two readers could read differently.
#include "core/jsonrpc/exchange.hpp"
#include "transports/http/body.hpp"
#include "transports/http/response.hpp"

#include <boost/asio/buffer.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace tomada::http {

using Verb = boost::beast::http::verb;
using Fields = boost::beast::http::fields;

// The fields the transport itself looks at, collected in one pass; views live until next().
struct Head {
  Verb method = Verb::unknown;
  std::string_view path;  // of the target, without query
  std::string_view query;
  bool is_http_11 = true;
  bool keeps_alive = true;
  std::string_view host;
  std::string_view origin;
  std::string_view content_type;
  std::string_view authorization;
  std::string_view expect;
  bool accepts_events = true;   // no Accept at all, or one that allows text/event-stream
  bool accepts_answers = true;  // the same, or one that allows application/json
  bool accepts_gzip = false;    // Accept-Encoding names it, or any, with a weight above 0
  bool is_too_large = false;    // announces a body beyond the limit, near enough to be read past
  bool has_origin = false;
};

class RequestHeaders final : public jsonrpc::HeaderView {
 public:
  RequestHeaders(const Fields& fields, const Head& head, std::string_view address)
      : fields_{fields}, accepts_answers_{head.accepts_answers}, address_{address} {}
  [[nodiscard]] bool is_present() const noexcept override { return true; }
  [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const noexcept override;
  [[nodiscard]] bool is_ambiguous(std::string_view name) const noexcept override;
  [[nodiscard]] bool accepts_answers() const noexcept override { return accepts_answers_; }
  [[nodiscard]] std::string_view address() const noexcept override { return address_; }

 private:
  const Fields& fields_;
  const bool accepts_answers_;
  const std::string_view address_;
};

enum class Progress {
  starved,   // needs more bytes
  head,      // the head is complete; the body, if any, follows
  complete,  // the request is complete
  refused,   // refusal() says why
};

class RequestReader final {
 public:
  RequestReader(std::size_t max_header_bytes, std::size_t max_body_bytes)
      : max_header_bytes_{max_header_bytes}, max_body_bytes_{max_body_bytes} {}

  [[nodiscard]] boost::asio::mutable_buffer space();  // where the next bytes go
  void filled(std::size_t bytes) { buffer_.commit(bytes); }

  [[nodiscard]] Progress advance();
  void drop_body() { parser_->get().body().is_dropped = true; }  // after Progress::head
  void next();                                                   // forgets the request, keeps what follows it

  [[nodiscard]] bool is_between_requests() const noexcept { return !parser_ && buffer_.size() == 0; }
  [[nodiscard]] bool is_past_head() const noexcept { return has_head_; }
  [[nodiscard]] bool is_complete() const noexcept { return parser_ && parser_->is_done(); }
  [[nodiscard]] std::size_t buffered() const noexcept { return buffer_.size(); }
  [[nodiscard]] const Head& head() const noexcept { return head_; }
  [[nodiscard]] const Fields& fields() const noexcept { return parser_->get(); }
  [[nodiscard]] std::string_view body() const noexcept { return parser_->get().body().text; }
  [[nodiscard]] const Refusal& refusal() const noexcept { return refusal_; }
  [[nodiscard]] std::string too_large() const;  // the reason, for people

 private:
  using Parser = boost::beast::http::request_parser<Body>;

  void begin();
  [[nodiscard]] std::size_t parse(boost::beast::error_code& error);
  [[nodiscard]] Progress refuse(int status, std::string reason);
  [[nodiscard]] Progress explain(const boost::beast::error_code& error);
  [[nodiscard]] Progress starve();
  [[nodiscard]] Progress read_head();

  const std::size_t max_header_bytes_;
  const std::size_t max_body_bytes_;
  boost::beast::flat_buffer buffer_;
  std::optional<Parser> parser_;
  std::string body_;  // the body's memory between requests
  std::size_t head_bytes_ = 0;
  bool has_head_ = false;
  bool has_folded_line_ = false;
  Head head_;
  Refusal refusal_;
};

}  // namespace tomada::http

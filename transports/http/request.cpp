// Beast's parser is fed straight from one flat buffer (no copies, no stream layer). It parses strictly but for three
// things that proxies have read differently and that are refused here: folded header lines, repeated Content-Length,
// and Transfer-Encoding other than chunked. Its header limit restarts with every partial read, so the bytes of a head
// are counted here too. A body that is announced too large is read past (core/decisions/0006).
#include "transports/http/request.hpp"

#include "core/base/text.hpp"
#include "transports/http/strict.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>

namespace tomada::http {
namespace {

namespace beast = boost::beast;

constexpr std::size_t small_read = 4096;
constexpr std::size_t large_read = 64u << 10;
constexpr std::size_t kept_body_memory = 64u << 10;
constexpr std::size_t kept_input_memory = 16u << 10;
constexpr std::uint64_t most_read_past = 128u << 20;
constexpr std::size_t longest_chunk_head = 4096;  // a chunk's size line with its extensions; trailers have the header's

}  // namespace

std::optional<std::string_view> RequestHeaders::find(std::string_view name) const noexcept {
  const auto found = fields_.find(beast::string_view{name.data(), name.size()});
  if (found == fields_.end()) return std::nullopt;
  return std::string_view{found->value().data(), found->value().size()};
}

bool RequestHeaders::is_ambiguous(std::string_view name) const noexcept {
  const auto range = fields_.equal_range(beast::string_view{name.data(), name.size()});
  return std::any_of(range.first, range.second,
                     [&](const auto& field) { return field.value() != range.first->value(); });
}

boost::asio::mutable_buffer RequestReader::space() {
  const bool is_in_body = has_head_ && parser_ && !parser_->is_done();
  return buffer_.prepare(is_in_body ? large_read : small_read);
}

void RequestReader::begin() {
  parser_.emplace();
  parser_->header_limit(static_cast<std::uint32_t>(max_header_bytes_));
  parser_->body_limit(std::max<std::uint64_t>(max_body_bytes_, most_read_past));
  parser_->get().body().text.swap(body_);
}

void RequestReader::next() {
  body_.swap(parser_->get().body().text);
  body_.clear();  // Beast does not touch it for a request without a body
  if (body_.capacity() > kept_body_memory) std::string{}.swap(body_);
  parser_.reset();
  head_bytes_ = 0;
  has_head_ = false;
  has_folded_line_ = false;
  if (buffer_.size() == 0 && buffer_.capacity() > kept_input_memory) buffer_ = {};
}

Progress RequestReader::advance() {
  if (!parser_) {
    skip_empty_lines(buffer_);
    if (buffer_.size() == 0) return Progress::starved;
    begin();
  }
  while (!parser_->is_done()) {
    if (buffer_.size() == 0) return Progress::starved;
    beast::error_code error;
    const std::size_t used = parse(error);
    if (error == beast::http::error::need_more && used == 0) return starve();
    if (error && error != beast::http::error::need_more) return explain(error);
    if (!has_head_ && parser_->is_header_done()) return read_head();
  }
  return has_head_ ? Progress::complete : read_head();
}

std::size_t RequestReader::parse(beast::error_code& error) {
  const auto bytes = buffer_.data();
  const std::size_t used = parser_->put(bytes, error);
  if (!has_head_) {
    const std::string_view consumed{static_cast<const char*>(bytes.data()), used};
    has_folded_line_ = has_folded_line_ || has_folded_line(consumed);
    head_bytes_ += used;
  }
  buffer_.consume(used);
  return used;
}

Progress RequestReader::starve() {
  if (!has_head_) {
    if (head_bytes_ + buffer_.size() > max_header_bytes_)
      return refuse(431, "the request's header fields are too large");
  } else if (buffer_.size() > max_header_bytes_ + longest_chunk_head) {
    return refuse(400, "a chunk's head is too long");
  }
  return Progress::starved;
}

Progress RequestReader::read_head() {
  has_head_ = true;
  if (head_bytes_ > max_header_bytes_) return refuse(431, "the request's header fields are too large");
  if (has_folded_line_) return refuse(400, "a header field is folded over two lines");
  if (auto problem = collect(parser_->get(), head_)) return refuse(problem->status, std::move(problem->reason));
  head_.keeps_alive = parser_->keep_alive();
  const auto announced = parser_->content_length();
  head_.is_too_large = announced && *announced > max_body_bytes_;
  if (!announced) parser_->body_limit(max_body_bytes_);
  return Progress::head;
}

Progress RequestReader::refuse(int status, std::string reason) {
  refusal_ = Refusal{status, std::move(reason), {}, true, false};
  return Progress::refused;
}

std::string RequestReader::too_large() const {
  return text::concat({"the request's body is larger than ", std::to_string(max_body_bytes_), " bytes"});
}

Progress RequestReader::explain(const beast::error_code& error) {
  using Error = beast::http::error;
  if (error == Error::body_limit) return refuse(413, too_large());
  if (error == Error::header_limit) return refuse(431, "the request's header fields are too large");
  if (error == Error::bad_version) return refuse(505, "only HTTP/1.1 and HTTP/1.0 are served");
  return refuse(400, text::concat({"this is not a valid HTTP request: ", error.message()}));
}

}  // namespace tomada::http

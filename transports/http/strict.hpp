#pragma once
// What is checked about a request's framing beyond Beast's parser, and the fields collected in the same pass.
#include "transports/http/request.hpp"

#include <boost/beast/core/flat_buffer.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace tomada::http {

struct Problem {
  int status = 400;
  std::string reason;
};

[[nodiscard]] bool has_folded_line(std::string_view raw_head) noexcept;
void skip_empty_lines(boost::beast::flat_buffer& buffer) noexcept;  // before a request line (RFC 9112 2.2)
[[nodiscard]] std::optional<Problem> collect(const boost::beast::http::request_header<>& header, Head& out);
// Views into the header. keeps_alive is left alone.

}  // namespace tomada::http

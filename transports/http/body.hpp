#pragma once
// Body: a Beast body that appends to a string kept from request to request, or drops what it is given.
#include <boost/asio/buffer.hpp>
#include <boost/beast/core/error.hpp>
#include <boost/beast/http/message.hpp>
#include <boost/optional/optional.hpp>

#include <algorithm>
#include <cstdint>
#include <string>

namespace tomada::http {

struct Body {
  struct value_type {
    std::string text;
    bool is_dropped = false;  // read to keep the connection usable, not kept
  };

  class reader {  // the name and the members are Beast's
   public:
    template <bool is_request, class Fields>
    reader(boost::beast::http::header<is_request, Fields>&, value_type& body) : body_{body} {}

    void init(const boost::optional<std::uint64_t>& length, boost::beast::error_code& error) {
      error = {};
      body_.text.clear();
      // What a header merely claims is not allocated beyond this.
      if (length && !body_.is_dropped) body_.text.reserve(std::min<std::uint64_t>(*length, 64u << 10));
    }
    template <class Buffers>
    std::size_t put(const Buffers& buffers, boost::beast::error_code& error) {
      error = {};
      std::size_t taken = 0;
      for (auto at = boost::asio::buffer_sequence_begin(buffers); at != boost::asio::buffer_sequence_end(buffers);
           ++at) {
        const boost::asio::const_buffer piece = *at;
        if (!body_.is_dropped) body_.text.append(static_cast<const char*>(piece.data()), piece.size());
        taken += piece.size();
      }
      return taken;
    }
    void finish(boost::beast::error_code& error) { error = {}; }

   private:
    value_type& body_;
  };
};

}  // namespace tomada::http

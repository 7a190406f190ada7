#pragma once
// Gzip: makes a body smaller for a client that takes it so. One per I/O thread: its working memory is kept.
#include <memory>
#include <string>
#include <string_view>

struct libdeflate_compressor;

namespace tomada::http {

class Gzip final {
 public:
  static constexpr std::size_t least_bytes = 1024;  // a smaller body would hardly shrink

  Gzip();
  ~Gzip();

  [[nodiscard]] std::string compress(std::string_view body) const;  // empty: it would not become smaller

 private:
  struct Free {
    void operator()(libdeflate_compressor* compressor) const noexcept;
  };
  std::unique_ptr<libdeflate_compressor, Free> compressor_;  // null: no memory for it, nothing is compressed
};

}  // namespace tomada::http

#include "core/base/id.hpp"

#include <openssl/rand.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <stdexcept>

namespace tomada {
namespace {

constexpr std::size_t block = 512;

// A correlation id is drawn on every request; one draw per 32 requests instead of one each.
struct Pool {
  std::array<unsigned char, block> bytes{};
  std::size_t used = block;
};

void take(unsigned char* out, std::size_t count) {
  static thread_local Pool pool;
  while (count > 0) {
    if (pool.used == block) {
      if (RAND_bytes(pool.bytes.data(), static_cast<int>(block)) != 1) throw std::runtime_error("no random bytes");
      pool.used = 0;
    }
    const std::size_t part = std::min(count, block - pool.used);
    std::memcpy(out, pool.bytes.data() + pool.used, part);
    std::memset(pool.bytes.data() + pool.used, 0, part);
    pool.used += part;
    out += part;
    count -= part;
  }
}

}  // namespace

std::string random_hex(std::size_t bytes) {
  static constexpr char digits[] = "0123456789abcdef";
  std::string out(bytes * 2, '0');
  auto* raw = reinterpret_cast<unsigned char*>(out.data()) + bytes;  // the upper half holds the raw bytes first
  take(raw, bytes);
  for (std::size_t i = 0; i < bytes; ++i) {
    const unsigned char byte = raw[i];
    out[2 * i] = digits[byte >> 4];
    out[2 * i + 1] = digits[byte & 15];
  }
  return out;
}

}  // namespace tomada

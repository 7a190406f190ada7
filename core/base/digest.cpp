#include "core/base/digest.hpp"

#include "core/base/text.hpp"

#include <openssl/sha.h>

#include <array>

namespace tomada {

std::string digest(std::initializer_list<std::string_view> parts) {
  const auto text = text::framed(parts);
  std::array<unsigned char, SHA256_DIGEST_LENGTH> hash{};
  SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(), hash.data());
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  for (const unsigned char byte : hash) out.append({digits[byte >> 4], digits[byte & 15]});
  return out;
}

}  // namespace tomada

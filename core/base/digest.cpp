#include "core/base/digest.hpp"

#include <openssl/sha.h>

#include <array>

namespace tomada {

std::string digest(std::initializer_list<std::string_view> parts) {
  std::string text;
  for (const auto part : parts) text.append(std::to_string(part.size())).append(":").append(part);
  std::array<unsigned char, SHA256_DIGEST_LENGTH> hash{};
  SHA256(reinterpret_cast<const unsigned char*>(text.data()), text.size(), hash.data());
  constexpr std::string_view digits = "0123456789abcdef";
  std::string out;
  for (const unsigned char byte : hash) out.append({digits[byte >> 4], digits[byte & 15]});
  return out;
}

}  // namespace tomada

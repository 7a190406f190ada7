// The JSON reader and writer: any bytes are refused or read; what was read is written as text that reads the same.
#include "core/json/reader.hpp"
#include "core/json/writer.hpp"

#include <cstdint>
#include <cstdlib>
#include <string>

using namespace tomada;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const auto read = json::read({reinterpret_cast<const char*>(bytes), size});
  if (!read) return 0;
  const auto again = json::read(json::text(*read));
  if (!again || json::text(*again) != json::text(*read)) std::abort();
  std::string canonical, canonical_again;
  json::write_canonical(canonical, *read);
  json::write_canonical(canonical_again, *again);
  if (canonical != canonical_again) std::abort();
  return 0;
}

// The JSON reader and writer: any bytes are refused or read, also where keys may come twice; what was read is written
// as text that reads the same.
#include "core/json/reader.hpp"
#include "core/json/writer.hpp"

#include <cstdint>
#include <cstdlib>
#include <string>

using namespace tomada;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view given{reinterpret_cast<const char*>(bytes), size};
  const auto read = json::read(given);
  const auto lenient = json::read(given, {}, {.allows_repeated_keys = true});
  if (lenient && !json::read(json::text(*lenient))) std::abort();  // each key once when written
  if (!read) return 0;
  if (!lenient || *lenient != *read) std::abort();
  const auto again = json::read(json::text(*read));
  if (!again || json::text(*again) != json::text(*read)) std::abort();
  std::string canonical, canonical_again;
  json::write_canonical(canonical, *read);
  json::write_canonical(canonical_again, *again);
  if (canonical != canonical_again) std::abort();
  return 0;
}

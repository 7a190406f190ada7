// JSON Schema: {"schema": …, "data": …}. Any schema is refused or compiles, and then both ways to ask agree.
#include "core/json/reader.hpp"
#include "core/schema/schema.hpp"

#include <cstdint>
#include <cstdlib>

using namespace tomada;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const auto pair = json::read({reinterpret_cast<const char*>(bytes), size});
  if (!pair || !pair->is_object()) return 0;
  const auto* definition = json::find(pair->get_object(), "schema");
  const auto* instance = json::find(pair->get_object(), "data");
  if (!definition || !instance) return 0;
  const auto schema = schema::Schema::compile(*definition);
  if (!schema) return 0;
  const auto violations = schema->violations(*instance);
  if (schema->accepts(*instance) != violations.empty()) std::abort();
  for (const auto& violation : violations) (void)violation.text();
  return 0;
}

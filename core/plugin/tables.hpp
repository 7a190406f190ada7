#pragma once
// Tables: copies of what one plugin's extension() gives out.
#include "core/base/result.hpp"
#include <tomada/completions.h>
#include <tomada/health.h>
#include <tomada/plugin.h>
#include <tomada/prompts.h>
#include <tomada/resources.h>

#include <optional>

namespace tomada::plugin {

struct Tables {  // count 0: nothing of it
  tomada_tools tools{};
  tomada_prompts prompts{};
  tomada_resources resources{};
  std::optional<tomada_completions> completions;
  std::optional<tomada_health> health;
};

[[nodiscard]] Result<Tables> read_tables(const tomada_plugin& entry, void* instance);
// May throw what extension() throws. Errors: tool (a wrong size, items and no function, or nothing at all).

}  // namespace tomada::plugin

#pragma once
// PromptDefinition: what a plugin says of one prompt, checked and in the server's language.
#include "core/base/result.hpp"
#include "core/registry/prompt.hpp"
#include "core/schema/schema.hpp"
#include <tomada/prompts.h>

#include <string_view>

namespace tomada::plugin {

struct PromptDefinition {
  registry::PromptDescription description;  // plugin, version and account are left to the instance
  schema::Schema input;                     // of its arguments: strings, the required ones there
};

[[nodiscard]] Result<PromptDefinition> read_prompt_definition(const tomada_prompt& prompt, std::string_view prefix,
                                                              std::string_view language, const schema::Schema& rules);
// Errors: tool; the message names the prompt and the JSON pointer.

}  // namespace tomada::plugin

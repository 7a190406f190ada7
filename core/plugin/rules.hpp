#pragma once
// Rules: the schemas that plugins are held to, compiled once: what they say of themselves, and what they answer.
#include "core/schema/schema.hpp"

namespace tomada::plugin {

struct Rules {
  Rules();  // from schemas/manifest

  schema::Schema manifest, tool, prompt, resource;            // plugin.json; definitions
  schema::Schema prompt_answer, resource_answer, completion;  // answers
  schema::Schema anything;
};

}  // namespace tomada::plugin

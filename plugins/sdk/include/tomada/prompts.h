/* Plugin table: prompts, which a person picks by name. A call is a tomada_call as a tool's: its deadline, cancellation,
 * questions, progress and log are the same. */
#ifndef TOMADA_PROMPTS_H
#define TOMADA_PROMPTS_H
#include <tomada/plugin.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct tomada_prompt {
  uint32_t size;
  uint32_t flags; /* TOMADA_TOOL_SERIAL, TOMADA_TOOL_INLINE */
  const char* name;
  /* JSON object {"title", "description", "arguments"?: [{"name", "title"?, "description"?, "required"?}], "icons"?,
   * "_meta"?} as schemas/manifest/prompt.json has it; any title or description may be {"en": "…", "pt-BR": "…"}. */
  const char* definition;
} tomada_prompt;

#define TOMADA_PROMPTS "tomada/draft/prompts"
typedef struct tomada_prompts {
  uint32_t size;
  uint32_t count;
  const tomada_prompt* const* list; /* constant until unload */
  /* [worker] or, for TOMADA_TOOL_INLINE, [any]. call->tool: the index; arguments: {name: string}, the required ones are
   * there. The answer's structured: {"description"?, "messages": [{"role": "user"|"assistant", "content": block}]}. */
  void (*get)(void* instance, tomada_call*);
} tomada_prompts;

#ifdef __cplusplus
}
#endif
#endif

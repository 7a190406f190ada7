/* Plugin table: proposals for the arguments of prompts and the variables of resource templates. */
#ifndef TOMADA_COMPLETIONS_H
#define TOMADA_COMPLETIONS_H
#include <tomada/plugin.h>

#ifdef __cplusplus
extern "C" {
#endif

#define TOMADA_COMPLETIONS "tomada/draft/completions"
typedef struct tomada_completions {
  uint32_t size;
  uint32_t reserved;
  /* Whether anything is proposed for this prompt or template. [setup] */
  bool (*completes_prompt)(void* instance, uint32_t index);   /* in tomada_prompts.list */
  bool (*completes_resource)(void* instance, uint32_t index); /* in tomada_resources.list */
  /* [any] soon: a person is typing. call->tool: the index; arguments: {"argument": name, "value": what is typed so far,
   * "chosen": {name: string}}. The answer's structured: {"values": [string], "total"?, "hasMore"?}; the host passes on
   * at most 100. No questions. */
  void (*complete_prompt)(void* instance, tomada_call*);
  void (*complete_resource)(void* instance, tomada_call*);
} tomada_completions;

#ifdef __cplusplus
}
#endif
#endif

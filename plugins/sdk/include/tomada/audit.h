/* Host service: the trail of what was meant to be changed in another system, and of what came of it. */
#ifndef TOMADA_AUDIT_H
#define TOMADA_AUDIT_H
#include <tomada/plugin.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum tomada_ending {
  TOMADA_DONE = 0,
  TOMADA_REFUSED = 1, /* surely not done */
  TOMADA_UNKNOWN = 2  /* it may have been done */
} tomada_ending;

#define TOMADA_AUDIT "tomada/draft/audit"
typedef struct tomada_audit {
  uint32_t size;
  /* Who asks, which tool it is and the correlation are the call's; the host adds them. */

  /* [worker] intent: JSON object {"arguments": {…}, "seed": "…"}. Answers {"key", "earlier"?: {"at", "state", "same",
   * "facts"}}: key is 20 characters, the same for the same tenant, subject, tool and seed; earlier is what the trail
   * knows of it, state is "open", "done", "refused" or "unknown", same tells whether the arguments were equal. false: a
   * sentence says why. */
  bool (*look)(const tomada_host*, tomada_call*, tomada_text intent, void* context, tomada_sink answer);
  /* [worker] The same intent, about to be sent. true: it is on the disk, and answer is its id. false: a sentence says
   * why; then do not send it. */
  bool (*begin)(const tomada_host*, tomada_call*, tomada_text intent, void* context, tomada_sink answer);
  /* [worker] What came of it; facts: JSON object. false: not on the disk. */
  bool (*end)(const tomada_host*, tomada_text id, tomada_ending, tomada_text facts);
} tomada_audit;

#ifdef __cplusplus
}
#endif
#endif

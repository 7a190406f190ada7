/* Host service: the alert engine's rules and their states. */
#ifndef TOMADA_ALERTS_H
#define TOMADA_ALERTS_H
#include <tomada/plugin.h>

#ifdef __cplusplus
extern "C" {
#endif

#define TOMADA_ALERTS "tomada.alerts/1"
typedef struct tomada_alerts {
  uint32_t size;
  /* [worker] operation: "list" | "create" | "change" | "delete" | "enable" | "disable" | "reset".
   * arguments and answer are JSON objects (core/alerts/README.md). true: answer; false: {"message"} says what to mend.
   */
  bool (*request)(const tomada_host*, tomada_call*, tomada_text operation, tomada_text arguments, void* context,
                  tomada_sink answer);
} tomada_alerts;

#ifdef __cplusplus
}
#endif
#endif

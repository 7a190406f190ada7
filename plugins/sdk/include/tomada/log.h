/* Host service: the host's log, for what happens outside a call. */
#ifndef TOMADA_LOG_H
#define TOMADA_LOG_H
#include <tomada/plugin.h>

#ifdef __cplusplus
extern "C" {
#endif

#define TOMADA_LOG "tomada.log/1"
typedef struct tomada_log {
  uint32_t size;
  void (*write)(const tomada_host*, tomada_log_level, tomada_text message); /* [any] */
} tomada_log;

#ifdef __cplusplus
}
#endif
#endif

/* Host service: time, which tests may hold still. */
#ifndef TOMADA_CLOCK_H
#define TOMADA_CLOCK_H
#include <tomada/plugin.h>

#ifdef __cplusplus
extern "C" {
#endif

#define TOMADA_CLOCK "tomada.clock/1"
typedef struct tomada_clock {
  uint32_t size;
  int64_t (*steady_ms)(const tomada_host*); /* [any] */
  int64_t (*unix_ms)(const tomada_host*);   /* [any] */
} tomada_clock;

#ifdef __cplusplus
}
#endif
#endif

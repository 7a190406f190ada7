/* Health: what a plugin reports of itself, and what the host knows of everything. */
#ifndef TOMADA_HEALTH_H
#define TOMADA_HEALTH_H
#include <tomada/plugin.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Plugin table: how this instance is. JSON {"status": "healthy"|"degraded"|"unhealthy", "reason"?, "next_step"?,
 * "details"?} */
#define TOMADA_HEALTH "tomada.health/1"
typedef struct tomada_health {
  uint32_t size;
  void (*report)(void* instance, void* context, tomada_sink json); /* [any] quick: no upstream calls */
} tomada_health;

/* Host service: the host's whole report, as /health/detailed shows it. */
#define TOMADA_HEALTH_READ "tomada.health_read/1"
typedef struct tomada_health_read {
  uint32_t size;
  void (*report)(const tomada_host*, void* context, tomada_sink json); /* [any] */
} tomada_health_read;

#ifdef __cplusplus
}
#endif
#endif

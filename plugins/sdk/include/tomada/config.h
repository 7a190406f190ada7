/* Host service: the instance's own section of the configuration, checked against the manifest's schema. */
#ifndef TOMADA_CONFIG_H
#define TOMADA_CONFIG_H
#include <tomada/plugin.h>

#ifdef __cplusplus
extern "C" {
#endif

#define TOMADA_CONFIG "tomada.config/1"
typedef struct tomada_config {
  uint32_t size;
  void (*section)(const tomada_host*, void* context, tomada_sink json); /* [any] JSON object */
} tomada_config;

#ifdef __cplusplus
}
#endif
#endif

/* Host service: small durable records, private to this plugin instance. */
#ifndef TOMADA_STORE_H
#define TOMADA_STORE_H
#include <tomada/plugin.h>

#ifdef __cplusplus
extern "C" {
#endif

#define TOMADA_STORE "tomada.store/1"
typedef struct tomada_store {
  uint32_t size;
  bool (*get)(const tomada_host*, tomada_text key, void* context, tomada_sink value);  /* [any] false: absent */
  bool (*put)(const tomada_host*, tomada_text key, tomada_text value, int64_t ttl_ms); /* [any] ttl 0: for ever */
  bool (*erase)(const tomada_host*, tomada_text key);                                  /* [any] false: absent */
  /* [any] each pushes key, then value */
  void (*scan)(const tomada_host*, tomada_text prefix, void* context,
               void (*each)(void* context, tomada_text key, tomada_text value));
} tomada_store;

#ifdef __cplusplus
}
#endif
#endif

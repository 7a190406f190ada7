/* Host service: telling clients that something has changed. */
#ifndef TOMADA_NOTIFY_H
#define TOMADA_NOTIFY_H
#include <tomada/plugin.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef enum tomada_list { TOMADA_TOOL_LIST, TOMADA_PROMPT_LIST, TOMADA_RESOURCE_LIST } tomada_list;

#define TOMADA_NOTIFY "tomada.notify/1"
typedef struct tomada_notify {
  uint32_t size;
  void (*list_changed)(const tomada_host*, tomada_list);         /* [any] clients that listen fetch the list again */
  void (*resource_updated)(const tomada_host*, tomada_text uri); /* [any] those subscribed to it read it again */
} tomada_notify;

#ifdef __cplusplus
}
#endif
#endif

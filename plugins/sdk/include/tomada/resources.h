/* Plugin table: resources, which are read by their URIs. A call is a tomada_call as a tool's. */
#ifndef TOMADA_RESOURCES_H
#define TOMADA_RESOURCES_H
#include <tomada/plugin.h>

#ifdef __cplusplus
extern "C" {
#endif

enum {
  TOMADA_RESOURCE_TEMPLATE = 256u,     /* uri is an RFC 6570 template: {name}, {+name}, at the end {?name,name} */
  TOMADA_RESOURCE_SUBSCRIBABLE = 512u, /* tomada/notify.h tells when it has changed */
  TOMADA_RESOURCE_UNLISTED = 1024u     /* read by those who know its URI */
};

typedef struct tomada_resource {
  uint32_t size;
  uint32_t flags; /* TOMADA_RESOURCE_…, TOMADA_TOOL_SERIAL, TOMADA_TOOL_INLINE */
  const char* uri;
  /* JSON object {"name", "title"?, "description"?, "mimeType"?, "size"?, "annotations"?, "icons"?, "_meta"?,
   * "cache"?: {"ttl_ms"}} as schemas/manifest/resource.json has it; roles know the resource by its name. */
  const char* definition;
} tomada_resource;

#define TOMADA_RESOURCES "tomada/draft/resources"
typedef struct tomada_resources {
  uint32_t size;
  uint32_t count;
  const tomada_resource* const* list; /* constant until unload */
  /* [worker] or, for TOMADA_TOOL_INLINE, [any]. call->tool: the index; arguments: {"uri", "variables"?: {name:
   * string}}. The answer's structured: {"contents": [{"uri", "mimeType"?, "text" | "blob" (base64), "_meta"?}]}.
   * TOMADA_INVALID_PARAMS: there is nothing at this URI. */
  void (*read)(void* instance, tomada_call*);
} tomada_resources;

#ifdef __cplusplus
}
#endif
#endif

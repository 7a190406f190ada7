/* Host service: requests to named upstreams. Pooling, limits, retries, breakers, TLS: the host's. */
#ifndef TOMADA_HTTP_H
#define TOMADA_HTTP_H
#include <tomada/plugin.h>

#ifdef __cplusplus
extern "C" {
#endif

#define TOMADA_HTTP "tomada.http/1"

enum {
  TOMADA_HTTP_IDEMPOTENT = 1u,
  TOMADA_HTTP_FRESH = 2u,
  TOMADA_HTTP_BACKGROUND = 4u /* nobody waits for it: goes when no other request waits, and leaves them a share of the
                                 limits; timeout_ms is then how long it stands aside, too */
};

typedef struct tomada_http_request {
  uint32_t size;
  uint32_t flags;
  tomada_text upstream; /* a name from the configuration, never a URL */
  tomada_text method;   /* "GET", "POST", … */
  tomada_text path;     /* relative to the upstream's URL */
  tomada_text headers;  /* JSON object of strings; empty: none */
  tomada_text body;
  tomada_text account;   /* whose quota it spends; the host hashes it and never logs it */
  tomada_text operation; /* what limits are counted by, e.g. "ListarClientes" */
  tomada_text cache_key; /* canonical parameters without credentials; empty: the answer is never shared */
  int64_t timeout_ms;    /* 0: the upstream's; the call's deadline holds anyway */
} tomada_http_request;

typedef struct tomada_http_response {
  uint32_t size;
  int32_t status;      /* 0: no answer; body then holds the reason and the next step */
  tomada_text headers; /* JSON object of strings, names in lower case */
  tomada_text body;
  bool shared;           /* answered from the host's response cache */
  int64_t age_ms;        /* since the upstream answered */
  int64_t read_at_ms;    /* Unix time of that answer */
  int64_t refresh_in_ms; /* when a new look is possible; 0: now */
} tomada_http_response;

typedef struct tomada_http {
  uint32_t size;
  /* [worker] Blocks; `receive` is called once before it returns, also on failure. call may be null (background work).
   */
  void (*fetch)(const tomada_host*, tomada_call* call, const tomada_http_request*, void* context,
                void (*receive)(void* context, const tomada_http_response*));
} tomada_http;

#ifdef __cplusplus
}
#endif
#endif

/* The stable plugin ABI. Plain C11, no dependencies, readable top to bottom.
 *
 * Three rules hold everywhere:
 *   1. Bytes you receive are borrowed: valid until the function you are in returns.
 *   2. Nobody frees the other side's memory: answers are pushed into a callback, which copies.
 *   3. Nothing throws, longjmps or exits across this line.
 *
 * Thread tags:
 *   [setup]  the host's setup thread, never concurrent with another call on the same instance
 *   [worker] any worker thread; concurrent unless the tool is TOMADA_TOOL_SERIAL
 *   [any]    any thread, concurrently
 *
 * Growth: every struct begins with its size. Members are only appended; test with TOMADA_HAS.
 * A breaking change is a new id ("tomada.tools/2"), never an edit. Ids under "tomada/draft/" may still change.
 */
#ifndef TOMADA_PLUGIN_H
#define TOMADA_PLUGIN_H
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define TOMADA_ABI_MAJOR 1
#define TOMADA_ABI_MINOR 0
#define TOMADA_HAS(object, type, member) \
  ((object)->size >= offsetof(type, member) + sizeof((object)->member) && (object)->member)
#define TOMADA_EXPORT __attribute__((visibility("default")))

typedef struct tomada_text { /* UTF-8, no terminator; data may be null when size is 0 */
  const char* data;
  size_t size;
} tomada_text;
typedef void (*tomada_sink)(void* context, tomada_text bytes);

typedef enum tomada_outcome {
  TOMADA_RESULT = 0,         /* structured and/or content */
  TOMADA_TOOL_ERROR = 1,     /* the tool ran and failed: message is shown to the model */
  TOMADA_INVALID_PARAMS = 2, /* the caller's fault: message */
  TOMADA_CANCELLED = 3,
  TOMADA_NEEDS_INPUT = 4 /* requests and state; the host asks, then calls again with the answers */
} tomada_outcome;

enum {
  TOMADA_ANSWER_COPY = 1u,   /* none of the facts was read for this call: they are a copy of the plugin's own */
  TOMADA_ANSWER_PRIVATE = 2u /* for this caller alone: not kept, not given to others who ask the same */
};

/* How a call ended. Texts that do not belong to the outcome stay empty. */
typedef struct tomada_answer {
  uint32_t size;
  tomada_outcome outcome;
  tomada_text structured; /* JSON value that satisfies the tool's output schema */
  tomada_text content;    /* JSON array of MCP content blocks; empty: the host writes structured as text */
  tomada_text meta;       /* JSON object: members for the result's _meta */
  tomada_text message;    /* one sentence in the words of its reader, with the next step */
  tomada_text requests;   /* JSON object {key: {"method", "params"}} */
  tomada_text state;      /* opaque; sealed by the host */
  tomada_text source;     /* where the facts come from: "demo", "omie"; disclosed with their age */
  int64_t age_ms;         /* how old the facts were; 0: read now */
  int64_t refresh_in_ms;  /* when a new look at them is possible; 0: now */
  int64_t read_at_ms;     /* Unix time when they were read; counts before age_ms; 0: unsaid */
  uint32_t flags;         /* TOMADA_ANSWER_… */
} tomada_answer;

typedef enum tomada_log_level { TOMADA_DEBUG, TOMADA_INFO, TOMADA_WARNING, TOMADA_ERROR } tomada_log_level;

/* One call of a tool, prompt, resource or completion. Owned by the host; alive until finish() has been called. */
typedef struct tomada_call tomada_call;
struct tomada_call {
  uint32_t size;
  uint32_t tool;           /* index into the list of the table that it comes through */
  tomada_text arguments;   /* JSON object, already valid against the tool's input schema */
  tomada_text answers;     /* JSON object: the client's answers to TOMADA_NEEDS_INPUT, else empty */
  tomada_text state;       /* the state given with TOMADA_NEEDS_INPUT, else empty */
  tomada_text principal;   /* JSON object {"subject", "tenant", "roles"} */
  tomada_text correlation; /* 32 hex digits: the same in every log line and upstream request of this call */
  int64_t deadline_ms;     /* milliseconds left when the call began; 0: none */

  void (*finish)(tomada_call*, const tomada_answer*);                             /* [any] exactly once */
  void (*progress)(tomada_call*, double done, double total, tomada_text message); /* [any] total 0: unknown */
  bool (*cancelled)(const tomada_call*);                                          /* [any] */
  void (*on_cancel)(tomada_call*, void (*wake)(void* context), void* context);    /* [worker] wake runs on [any] */
  void (*log)(tomada_call*, tomada_log_level, tomada_text message);               /* [any] */
  /* [any] What the client can be asked: JSON object as MCP's ClientCapabilities, {} when nothing is known. */
  void (*capabilities)(const tomada_call*, void* context, tomada_sink json);
  /* [any] The answer will take long: the client need not wait on its connection. One that can come back for the answer
   * is let go; for any other this does nothing. The call itself goes on. */
  void (*hang_up)(tomada_call*);
  /* [worker] The client gets a handle now and the answer later, so the call may take long. false: it waits as before,
   * because it knows no tasks or the definition has no "task". A tool that may take long calls it before it works. */
  bool (*become_task)(tomada_call*);
};

typedef struct tomada_host tomada_host;
struct tomada_host {
  uint32_t size;
  const void* (*service)(const tomada_host*, const char* id); /* [any] null: not offered or not granted */
  tomada_text instance;                                       /* the name of this instance in the configuration */
  tomada_text version;                                        /* the host's */
  int64_t started_at_ms;                                      /* Unix time of the host's start */
};

enum {
  TOMADA_TOOL_SERIAL = 1u, /* never two calls at once */
  TOMADA_TOOL_READ_ONLY = 2u,
  TOMADA_TOOL_IDEMPOTENT = 4u,
  TOMADA_TOOL_DESTRUCTIVE = 8u,
  TOMADA_TOOL_OPEN_WORLD = 16u, /* reaches beyond this machine */
  TOMADA_TOOL_INLINE = 32u      /* never blocks: may run on an I/O thread */
};

typedef struct tomada_tool {
  uint32_t size;
  uint32_t flags;
  const char* name;
  /* JSON object {"title", "description", "input", "output"?, "cache"?, "task"?, "_meta"?} as schemas/manifest/tool.json
   * has it; any title or description may be {"en": "…", "pt-BR": "…"}. */
  const char* definition;
} tomada_tool;

#define TOMADA_TOOLS "tomada.tools/1"
typedef struct tomada_tools {
  uint32_t size;
  uint32_t count;
  const tomada_tool* const* list;             /* constant until unload */
  void (*call)(void* instance, tomada_call*); /* [worker] or, for TOMADA_TOOL_INLINE, [any] */
} tomada_tools;

typedef struct tomada_plugin {
  uint32_t size;
  uint16_t abi_major, abi_minor;
  const char *id, *version;
  void* (*load)(const tomada_host*, void* context, tomada_sink error); /* [setup] null: refused, with a sentence */
  void (*unload)(void* instance);                                      /* [setup] after every finish() */
  const void* (*extension)(void* instance, const char* id);            /* [setup] null: not implemented */
} tomada_plugin;

/* The one exported symbol. */
#ifndef TOMADA_PLUGIN_ENTRY
#define TOMADA_PLUGIN_ENTRY tomada_plugin_entry
#endif
TOMADA_EXPORT extern const tomada_plugin TOMADA_PLUGIN_ENTRY;

#ifdef __cplusplus
}
#endif
#endif

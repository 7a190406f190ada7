/* A plugin with exactly one thing wrong; each line of CMakeLists.txt builds it with another FAULT. */
#include <tomada/health.h>
#include <tomada/plugin.h>

#include <string.h>

#if defined(FAULT_ID_ESCAPES)
#define PLUGIN_ID "test.\033[31mred\xff"
#elif defined(FAULT_VERSION_ESCAPES)
#define PLUGIN_VERSION "1.0.0\n1.0.1"
#elif defined(FAULT_TOOL_ESCAPES)
#define TOOL_NAME "refused\ntool\033]0;title\007"
#endif
#if defined(FAULT_LOAD_ESCAPES)
#define LOAD_REASON "the moon\nis \033[31mred"
#else
#define LOAD_REASON "the moon is not full; wait nine days"
#endif
#ifndef PLUGIN_ID
#define PLUGIN_ID "test.refused"
#endif
#ifndef PLUGIN_VERSION
#define PLUGIN_VERSION "1.0.0"
#endif
#ifndef PLUGIN_ABI
#define PLUGIN_ABI TOMADA_ABI_MAJOR
#endif
#ifndef TOOL_NAME
#define TOOL_NAME "refused_tool"
#endif

#ifndef TABLE_SIZE
#define TABLE_SIZE sizeof(tomada_tools)
#endif
#ifndef TOOL_COUNT
#define TOOL_COUNT 1
#endif

#if defined(FAULT_DEFINITION_NO_JSON)
#define DEFINITION "{\"title\": \"T\", \"description\": "
#elif defined(FAULT_DEFINITION_INCOMPLETE)
#define DEFINITION "{\"title\": \"T\", \"description\": \"D\"}"
#elif defined(FAULT_INPUT_SCHEMA)
#define DEFINITION "{\"title\": \"T\", \"description\": \"D\", \"input\": {\"type\": \"object\", \"required\": 7}}"
#elif defined(FAULT_HEADER)
#define DEFINITION                                                                                \
  "{\"title\": \"T\", \"description\": \"D\", \"input\": {\"type\": \"object\", \"properties\": " \
  "{\"region\": {\"type\": \"number\", \"x-mcp-header\": \"Region\"}}}}"
#else
#define DEFINITION "{\"title\": \"T\", \"description\": \"D\", \"input\": {\"type\": \"object\"}}"
#endif

static void* load(const tomada_host* host, void* context, tomada_sink error) {
#if defined(FAULT_LOAD)
  const char* reason = LOAD_REASON;
  (void)host;
  error(context, (tomada_text){reason, strlen(reason)});
  return NULL;
#else
  (void)context;
  (void)error;
  return (void*)host;
#endif
}
static void unload(void* instance) { (void)instance; }

static void call(void* instance, tomada_call* call) {
  tomada_answer answer = {.size = sizeof answer, .outcome = TOMADA_RESULT, .structured = {"{}", 2}};
  (void)instance;
  call->finish(call, &answer);
}

static const tomada_tool tool = {sizeof tool, TOMADA_TOOL_READ_ONLY, TOOL_NAME, DEFINITION};
#if defined(FAULT_TOOL_NULL)
static const tomada_tool* const list[] = {NULL};
#else
static const tomada_tool* const list[] = {&tool};
#endif
static const tomada_tools tools = {TABLE_SIZE, TOOL_COUNT, list, call};
#if defined(FAULT_HEALTH_SIZE)
static const tomada_health health = {4, NULL};
#endif
void throw_a_number(void);

static const void* extension(void* instance, const char* id) {
  (void)instance;
  (void)tool;
  (void)tools;
#if defined(FAULT_EXTENSION)
  throw_a_number();
#elif defined(FAULT_HEALTH_SIZE)
  if (strcmp(id, TOMADA_HEALTH) == 0) return &health;
#elif defined(FAULT_NO_TABLE)
  id = "";
#endif
  return strcmp(id, TOMADA_TOOLS) == 0 ? &tools : NULL;
}

#if defined(FAULT_NO_ENTRY)
TOMADA_EXPORT extern const tomada_plugin somebody_elses_entry;
#define ENTRY somebody_elses_entry
#else
#define ENTRY tomada_plugin_entry
#endif
const tomada_plugin ENTRY = {sizeof(tomada_plugin), PLUGIN_ABI, 0, PLUGIN_ID, PLUGIN_VERSION, load, unload, extension};

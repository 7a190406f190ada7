/* A plugin in plain C11: no SDK, no Boost, 15 KB. It answers with the weekday of a date. */
#include <tomada/plugin.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char definition[] =
    "{\"title\": {\"en\": \"Weekday\", \"pt-BR\": \"Dia da semana\"},"
    " \"description\": {\"en\": \"The weekday of a date, 1 = Monday.\", \"pt-BR\": \"O dia da semana, 1 = segunda.\"},"
    " \"input\": {\"type\": \"object\", \"required\": [\"date\"], \"additionalProperties\": false, \"properties\":"
    "  {\"date\": {\"type\": \"string\", \"pattern\": \"^[0-9]{4}-(0[1-9]|1[0-2])-[0-3][0-9]$\"}}},"
    " \"output\": {\"type\": \"object\", \"required\": [\"weekday\"], \"properties\":"
    "  {\"weekday\": {\"type\": \"integer\", \"minimum\": 1, \"maximum\": 7}}}}";

static void* load(const tomada_host* host, void* context, tomada_sink error) {
  return (void)context, (void)error, (void*)host; /* any pointer but null: this plugin keeps nothing */
}
static void unload(void* instance) { (void)instance; }

static void call(void* instance, tomada_call* call) {
  const char* date =
      strchr(strchr(call->arguments.data, ':'), '"') + 1; /* {"date":"2026-11-21"}, valid by the schema */
  const int month = atoi(date + 5), year = atoi(date) - (month < 3), day = atoi(date + 8);
  const int offsets[] = {0, 3, 2, 5, 0, 3, 5, 1, 4, 6, 2, 4};
  const int sunday = (year + year / 4 - year / 100 + year / 400 + offsets[month - 1] + day) % 7;
  char text[32];
  const int size = snprintf(text, sizeof text, "{\"weekday\":%d}", sunday == 0 ? 7 : sunday);
  const tomada_answer answer = {sizeof answer, TOMADA_RESULT, .structured = {text, (size_t)size}};
  (void)instance, call->finish(call, &answer);
}

static const tomada_tool weekday = {sizeof weekday, TOMADA_TOOL_READ_ONLY | TOMADA_TOOL_INLINE, "weekday", definition};
static const tomada_tool* const list[] = {&weekday};
static const tomada_tools tools = {sizeof tools, 1, list, call};
static const void* extension(void* instance, const char* id) {
  return (void)instance, strcmp(id, TOMADA_TOOLS) == 0 ? &tools : NULL;
}
const tomada_plugin TOMADA_PLUGIN_ENTRY = {
    sizeof(tomada_plugin), TOMADA_ABI_MAJOR, TOMADA_ABI_MINOR, "example.plain-c", "1.0.0", load, unload, extension};

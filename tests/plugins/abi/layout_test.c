/* The layout that plugins in the field were compiled with (x86-64 and AArch64, LP64). It compiles or it does not.
 * A member may be appended at an end, with its line here; a line that is here never changes. */
#include <tomada/alerts.h>
#include <tomada/audit.h>
#include <tomada/clock.h>
#include <tomada/completions.h>
#include <tomada/config.h>
#include <tomada/health.h>
#include <tomada/http.h>
#include <tomada/log.h>
#include <tomada/metrics.h>
#include <tomada/notify.h>
#include <tomada/plugin.h>
#include <tomada/prompts.h>
#include <tomada/resources.h>
#include <tomada/sql.h>
#include <tomada/store.h>

#define AT(type, member, place) _Static_assert(offsetof(type, member) == (place), #type "." #member " moved")
#define SIZE(type, bytes) _Static_assert(sizeof(type) == (bytes), #type " changed its size")
#define VALUE(name, number) _Static_assert((name) == (number), #name " changed")

SIZE(tomada_text, 16);
AT(tomada_text, data, 0);
AT(tomada_text, size, 8);

VALUE(TOMADA_RESULT, 0);
VALUE(TOMADA_TOOL_ERROR, 1);
VALUE(TOMADA_INVALID_PARAMS, 2);
VALUE(TOMADA_CANCELLED, 3);
VALUE(TOMADA_NEEDS_INPUT, 4);
SIZE(tomada_outcome, 4);

AT(tomada_answer, size, 0);
AT(tomada_answer, outcome, 4);
AT(tomada_answer, structured, 8);
AT(tomada_answer, content, 24);
AT(tomada_answer, meta, 40);
AT(tomada_answer, message, 56);
AT(tomada_answer, requests, 72);
AT(tomada_answer, state, 88);
AT(tomada_answer, source, 104);
AT(tomada_answer, age_ms, 120);
AT(tomada_answer, refresh_in_ms, 128);
AT(tomada_answer, read_at_ms, 136);
AT(tomada_answer, flags, 144);
VALUE(TOMADA_ANSWER_COPY, 1);
VALUE(TOMADA_ANSWER_PRIVATE, 2);

VALUE(TOMADA_DEBUG, 0);
VALUE(TOMADA_INFO, 1);
VALUE(TOMADA_WARNING, 2);
VALUE(TOMADA_ERROR, 3);

AT(tomada_call, size, 0);
AT(tomada_call, tool, 4);
AT(tomada_call, arguments, 8);
AT(tomada_call, answers, 24);
AT(tomada_call, state, 40);
AT(tomada_call, principal, 56);
AT(tomada_call, correlation, 72);
AT(tomada_call, deadline_ms, 88);
AT(tomada_call, finish, 96);
AT(tomada_call, progress, 104);
AT(tomada_call, cancelled, 112);
AT(tomada_call, on_cancel, 120);
AT(tomada_call, log, 128);
AT(tomada_call, capabilities, 136);
AT(tomada_call, hang_up, 144);
AT(tomada_call, become_task, 152);

AT(tomada_host, size, 0);
AT(tomada_host, service, 8);
AT(tomada_host, instance, 16);
AT(tomada_host, version, 32);
AT(tomada_host, started_at_ms, 48);

VALUE(TOMADA_TOOL_SERIAL, 1u);
VALUE(TOMADA_TOOL_READ_ONLY, 2u);
VALUE(TOMADA_TOOL_IDEMPOTENT, 4u);
VALUE(TOMADA_TOOL_DESTRUCTIVE, 8u);
VALUE(TOMADA_TOOL_OPEN_WORLD, 16u);
VALUE(TOMADA_TOOL_INLINE, 32u);

AT(tomada_tool, size, 0);
AT(tomada_tool, flags, 4);
AT(tomada_tool, name, 8);
AT(tomada_tool, definition, 16);

AT(tomada_tools, size, 0);
AT(tomada_tools, count, 4);
AT(tomada_tools, list, 8);
AT(tomada_tools, call, 16);

AT(tomada_prompt, size, 0);
AT(tomada_prompt, flags, 4);
AT(tomada_prompt, name, 8);
AT(tomada_prompt, definition, 16);
AT(tomada_prompts, size, 0);
AT(tomada_prompts, count, 4);
AT(tomada_prompts, list, 8);
AT(tomada_prompts, get, 16);

VALUE(TOMADA_RESOURCE_TEMPLATE, 256u);
VALUE(TOMADA_RESOURCE_SUBSCRIBABLE, 512u);
VALUE(TOMADA_RESOURCE_UNLISTED, 1024u);
AT(tomada_resource, size, 0);
AT(tomada_resource, flags, 4);
AT(tomada_resource, uri, 8);
AT(tomada_resource, definition, 16);
AT(tomada_resources, size, 0);
AT(tomada_resources, count, 4);
AT(tomada_resources, list, 8);
AT(tomada_resources, read, 16);

AT(tomada_completions, size, 0);
AT(tomada_completions, completes_prompt, 8);
AT(tomada_completions, completes_resource, 16);
AT(tomada_completions, complete_prompt, 24);
AT(tomada_completions, complete_resource, 32);

VALUE(TOMADA_TOOL_LIST, 0);
VALUE(TOMADA_PROMPT_LIST, 1);
VALUE(TOMADA_RESOURCE_LIST, 2);
VALUE(TOMADA_DONE, 0);
VALUE(TOMADA_REFUSED, 1);
VALUE(TOMADA_UNKNOWN, 2);
AT(tomada_audit, look, 8);
AT(tomada_audit, begin, 16);
AT(tomada_audit, end, 24);
AT(tomada_sql_question, max_rows, 4);
AT(tomada_sql_question, max_bytes, 8);
AT(tomada_sql_question, upstream, 16);
AT(tomada_sql_question, statement, 32);
AT(tomada_sql_question, parameters, 48);
AT(tomada_sql_question, timeout_ms, 64);
AT(tomada_sql_answer, outcome, 4);
AT(tomada_sql_answer, dialect, 8);
AT(tomada_sql_answer, columns, 24);
AT(tomada_sql_answer, rows, 40);
AT(tomada_sql_answer, row_count, 56);
AT(tomada_sql_answer, read_at_ms, 64);
AT(tomada_sql_answer, problem, 72);
AT(tomada_sql, ask, 8);
AT(tomada_notify, list_changed, 8);
AT(tomada_notify, resource_updated, 16);

AT(tomada_plugin, size, 0);
AT(tomada_plugin, abi_major, 4);
AT(tomada_plugin, abi_minor, 6);
AT(tomada_plugin, id, 8);
AT(tomada_plugin, version, 16);
AT(tomada_plugin, load, 24);
AT(tomada_plugin, unload, 32);
AT(tomada_plugin, extension, 40);

AT(tomada_alerts, request, 8);
AT(tomada_clock, steady_ms, 8);
AT(tomada_clock, unix_ms, 16);
AT(tomada_config, section, 8);
AT(tomada_health, report, 8);
AT(tomada_health_read, report, 8);
AT(tomada_log, write, 8);
AT(tomada_metrics, counter, 8);
AT(tomada_metrics, gauge, 16);
AT(tomada_metrics, add, 24);
AT(tomada_metrics, set, 32);
AT(tomada_metrics_read, value, 8);
AT(tomada_store, get, 8);
AT(tomada_store, put, 16);
AT(tomada_store, erase, 24);
AT(tomada_store, scan, 32);

VALUE(TOMADA_HTTP_IDEMPOTENT, 1u);
VALUE(TOMADA_HTTP_FRESH, 2u);
AT(tomada_http_request, flags, 4);
AT(tomada_http_request, upstream, 8);
AT(tomada_http_request, method, 24);
AT(tomada_http_request, path, 40);
AT(tomada_http_request, headers, 56);
AT(tomada_http_request, body, 72);
AT(tomada_http_request, account, 88);
AT(tomada_http_request, operation, 104);
AT(tomada_http_request, cache_key, 120);
AT(tomada_http_request, timeout_ms, 136);
AT(tomada_http_response, status, 4);
AT(tomada_http_response, headers, 8);
AT(tomada_http_response, body, 24);
AT(tomada_http_response, shared, 40);
AT(tomada_http_response, age_ms, 48);
AT(tomada_http_response, read_at_ms, 56);
AT(tomada_http_response, refresh_in_ms, 64);
AT(tomada_http, fetch, 8);

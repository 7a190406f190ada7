/* Host service: one read-only statement to a named database. Connections, limits, breakers, TLS, time: the host's. */
#ifndef TOMADA_SQL_H
#define TOMADA_SQL_H
#include <tomada/plugin.h>

#ifdef __cplusplus
extern "C" {
#endif

#define TOMADA_SQL "tomada/draft/sql"

typedef struct tomada_sql_question {
  uint32_t size;
  uint32_t max_rows;     /* 0: 10 000. A longer answer is refused as a whole */
  uint64_t max_bytes;    /* of the rows as JSON; 0: 16 MiB */
  tomada_text upstream;  /* a name from the configuration, never a URL */
  tomada_text statement; /* exactly one; its parameters are $1, $2, … in every database */
  tomada_text
      parameters;     /* JSON array: strings, integers, booleans, null. Decimals and dates are strings; empty: none */
  int64_t timeout_ms; /* 0: the upstream's; the call's deadline holds anyway */
} tomada_sql_question;

typedef enum tomada_sql_outcome {
  TOMADA_SQL_ROWS = 0,
  TOMADA_SQL_REFUSED = 1, /* the database is well, and refuses this statement, or its answer is too long */
  TOMADA_SQL_FAILED = 2   /* it was not asked, or did not answer */
} tomada_sql_outcome;

typedef struct tomada_sql_answer {
  uint32_t size;
  tomada_sql_outcome outcome;
  tomada_text dialect; /* "postgresql" | "sqlite" */
  tomada_text columns; /* JSON array of {"name", "type"}: the database's word ("numeric", "date"); SQLite has none */
  tomada_text rows;    /* JSON array of arrays. Integers and booleans are JSON's; decimals are strings with the
                        * database's digits, never binary floats; dates are ISO 8601; NULL is null */
  uint64_t row_count;
  int64_t read_at_ms;  /* Unix time */
  tomada_text problem; /* without rows: the reason and the next step */
} tomada_sql_answer;

typedef struct tomada_sql {
  uint32_t size;
  /* [worker] Blocks; `receive` is called once before it returns, also on failure. call may be null (background work).
   * The statement runs in a read-only transaction of its own, which ends with it, with the deadline and with the call.
   * Where SQLite lacks it, the host adds what PostgreSQL has: translate(text, from, to). */
  void (*ask)(const tomada_host*, tomada_call* call, const tomada_sql_question*, void* context,
              void (*receive)(void* context, const tomada_sql_answer*));
} tomada_sql;

#ifdef __cplusplus
}
#endif
#endif

/* Host service: counters, gauges and histograms that the host exposes. */
#ifndef TOMADA_METRICS_H
#define TOMADA_METRICS_H
#include <tomada/plugin.h>

#ifdef __cplusplus
extern "C" {
#endif

#define TOMADA_METRICS "tomada.metrics/1"
typedef struct tomada_metric tomada_metric; /* lives as long as the instance that made it */
typedef struct tomada_metrics {
  uint32_t size;
  /* [setup] Prometheus names and units; labels: JSON object of strings, may be empty. null: the name is refused, also
   * one of the host's, which begin with tomada_ or mcp_. Begin yours with the plugin's id: example_hello_calls_total.
   */
  tomada_metric* (*counter)(const tomada_host*, const char* name, const char* help, tomada_text labels);
  tomada_metric* (*gauge)(const tomada_host*, const char* name, const char* help, tomada_text labels);
  void (*add)(tomada_metric*, double change); /* [any] counters: change >= 0 */
  void (*set)(tomada_metric*, double value);  /* [any] gauges */
} tomada_metrics;

#define TOMADA_METRICS_READ "tomada.metrics_read/1"
typedef struct tomada_metrics_read {
  uint32_t size;
  /* [any] false: no such metric. Empty labels: the sum over all label sets. */
  bool (*value)(const tomada_host*, const char* name, tomada_text labels, double* out);
} tomada_metrics_read;

#ifdef __cplusplus
}
#endif
#endif

#pragma once
// FakeHost: every host service, scripted by the test. One thread at a time, except fetch.
#include <tomada/plugin.hpp>
#include <tomada/sdk/database.hpp>

#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tomada::testing {

namespace json = boost::json;
using sdk::HttpRequest;
using sdk::HttpResponse;

class FakeHost {
 public:
  using Responder = std::function<HttpResponse(const HttpRequest&)>;
  using Database = std::function<sdk::Table(const std::string& upstream, const sdk::SqlQuestion& question)>;
  using AlertEngine = std::function<json::object(std::string_view operation, const json::object& arguments)>;

  FakeHost() { face_.owner = this; }
  FakeHost(const FakeHost&) = delete;
  FakeHost& operator=(const FakeHost&) = delete;

  json::object config;                       // the instance's section
  std::int64_t unix_ms = 1'792'000'000'000;  // 2026-10-14T17:46:40Z; stands still until the test moves it
  std::int64_t steady_ms = 3'600'000;
  std::map<std::string, std::string> store;  // the instance's records (times to live are not played)
  std::string folder;                        // the instance's own; empty: none
  std::map<std::string, double> metrics;     // what the plugin wrote, and what it may read, by name
  json::object health{{"status", "healthy"}, {"components", json::object{}}};
  AlertEngine alerts;                           // throws ToolError to refuse
  Database database;                            // throws SqlRefused or ToolError
  std::vector<std::string> log;                 // lines outside calls
  std::vector<json::object> audit;              // what was noted: {"key", "state", "facts", "arguments"}, in order
  bool audit_is_full = false;                   // nothing more can be noted
  std::vector<std::string> notices;             // "tools", "prompts", "resources": a list changed; else the URI updated
  std::vector<HttpRequest> requests;            // what was asked, in order
  std::set<std::string, std::less<>> withheld;  // services not granted, e.g. TOMADA_STORE

  // Answers to requests for this upstream and path, used up in order; the last one stays.
  void answer(std::string upstream, std::string path, std::string body, int status = 200) {
    HttpResponse response;
    response.status = status;
    response.body = std::move(body);
    response.read_at_ms = unix_ms;
    answer(std::move(upstream), std::move(path), [response](const HttpRequest&) { return response; });
  }
  void answer(std::string upstream, std::string path, Responder responder) {
    responders_[{std::move(upstream), std::move(path)}].push_back(std::move(responder));
  }

  [[nodiscard]] sdk::Host host() const { return sdk::Host{face_.raw}; }
  [[nodiscard]] const tomada_host& raw() const noexcept { return face_.raw; }

 private:
  struct Face {
    tomada_host raw{sizeof(tomada_host), &FakeHost::service, {"test", 4}, {"0.0.0", 5}, 1'791'996'400'000};
    FakeHost* owner = nullptr;
  };
  static_assert(std::is_standard_layout_v<Face>);  // a tomada_host* is a Face*

  static FakeHost& of(const tomada_host* host) { return *reinterpret_cast<const Face*>(host)->owner; }
  static std::string copy(tomada_text from) { return std::string{sdk::view(from)}; }

  HttpResponse respond(const HttpRequest& request) {
    Responder responder;
    {
      const std::lock_guard lock{mutex_};
      requests.push_back(request);
      auto& waiting = responders_[{request.upstream, request.path}];
      if (!waiting.empty()) responder = waiting.front();
      if (waiting.size() > 1) waiting.pop_front();
    }
    if (responder) return responder(request);
    HttpResponse none;
    none.body = "the test has no answer for \"" + request.upstream + "\" \"" + request.path + "\"";
    return none;
  }

  static HttpRequest to_request(const tomada_http_request& raw) {
    HttpRequest request;
    request.upstream = copy(raw.upstream);
    request.method = copy(raw.method);
    request.path = copy(raw.path);
    for (const auto& [name, value] : sdk::detail::to_object(sdk::view(raw.headers))) {
      request.headers[std::string(name)] = value.get_string().c_str();
    }
    request.body = copy(raw.body);
    request.account = copy(raw.account);
    request.operation = copy(raw.operation);
    request.cache_key = copy(raw.cache_key);
    request.timeout_ms = raw.timeout_ms;
    request.is_idempotent = raw.flags & TOMADA_HTTP_IDEMPOTENT;
    request.wants_fresh = raw.flags & TOMADA_HTTP_FRESH;
    request.is_background = raw.flags & TOMADA_HTTP_BACKGROUND;
    return request;
  }

  static void fetch(const tomada_host* host, tomada_call*, const tomada_http_request* request, void* context,
                    void (*receive)(void*, const tomada_http_response*)) {
    const auto response = of(host).respond(to_request(*request));
    const auto headers = sdk::detail::to_text(response.headers);
    const tomada_http_response raw{sizeof raw,         response.status, sdk::text(headers),  sdk::text(response.body),
                                   response.is_shared, response.age_ms, response.read_at_ms, response.refresh_in_ms};
    receive(context, &raw);
  }

  static bool get(const tomada_host* host, tomada_text key, void* context, tomada_sink out) {
    const auto found = of(host).store.find(copy(key));
    if (found == of(host).store.end()) return false;
    out(context, sdk::text(found->second));
    return true;
  }
  static bool put(const tomada_host* host, tomada_text key, tomada_text value, std::int64_t) {
    of(host).store[copy(key)] = copy(value);
    return true;
  }
  static bool erase(const tomada_host* host, tomada_text key) { return of(host).store.erase(copy(key)) > 0; }
  static void scan(const tomada_host* host, tomada_text prefix, void* context,
                   void (*each)(void*, tomada_text, tomada_text)) {
    for (const auto& [key, value] : of(host).store) {
      if (key.starts_with(sdk::view(prefix))) each(context, sdk::text(key), sdk::text(value));
    }
  }

  static bool folder_of(const tomada_host* host, void* context, tomada_sink path) {
    if (of(host).folder.empty()) return false;
    path(context, sdk::text(of(host).folder));
    return true;
  }

  static tomada_metric* metric(const tomada_host* host, const char* name, const char*, tomada_text) {
    return reinterpret_cast<tomada_metric*>(&of(host).metrics[name]);
  }
  static void add(tomada_metric* metric, double change) { *reinterpret_cast<double*>(metric) += change; }
  static void set(tomada_metric* metric, double value) { *reinterpret_cast<double*>(metric) = value; }
  static bool read(const tomada_host* host, const char* name, tomada_text, double* out) {
    const auto found = of(host).metrics.find(name);
    if (found != of(host).metrics.end()) *out = found->second;
    return found != of(host).metrics.end();
  }

  static bool request_alerts(const tomada_host* host, tomada_call*, tomada_text operation, tomada_text arguments,
                             void* context, tomada_sink out) {
    try {
      if (!of(host).alerts) throw sdk::ToolError{"the test has no alert engine"};
      const auto object = sdk::detail::to_object(sdk::view(arguments));
      out(context, sdk::text(sdk::write(of(host).alerts(sdk::view(operation), object))));
      return true;
    } catch (const sdk::ToolError& error) {
      out(context, sdk::text(sdk::write(json::object{{"message", error.what()}})));
      return false;
    }
  }

  static void tell(const sdk::Table& table, void* context, void (*receive)(void*, const tomada_sql_answer*)) {
    json::array columns;
    for (const auto& [name, type] : table.columns) columns.push_back(json::object{{"name", name}, {"type", type}});
    const auto columns_text = sdk::write(columns), rows = sdk::write(table.rows);
    const tomada_sql_answer raw{sizeof raw,      TOMADA_SQL_ROWS,   sdk::text(table.dialect), sdk::text(columns_text),
                                sdk::text(rows), table.rows.size(), table.read_at_ms,         {}};
    receive(context, &raw);
  }
  static void ask_database(const tomada_host* host, tomada_call*, const tomada_sql_question* question, void* context,
                           void (*receive)(void*, const tomada_sql_answer*)) {
    tomada_sql_answer failed{};
    failed.size = sizeof failed;
    failed.outcome = TOMADA_SQL_FAILED;
    std::string problem = "the test has no database";
    try {
      const auto parameters = sdk::view(question->parameters);
      const auto values = sdk::read_json(parameters.empty() ? "[]" : parameters);
      if (of(host).database)
        return tell(of(host).database(copy(question->upstream),
                                      {copy(question->statement), values.as_array(), question->max_rows,
                                       question->max_bytes, question->timeout_ms}),
                    context, receive);
    } catch (const sdk::SqlRefused& error) {
      failed.outcome = TOMADA_SQL_REFUSED;
      problem = error.what();
    } catch (const sdk::ToolError& error) {
      problem = error.what();
    }
    failed.problem = sdk::text(problem);
    receive(context, &failed);
  }

  static std::string audit_key(const tomada_call* call, const json::object& intent) {
    const auto of = copy(call->principal) + std::to_string(call->tool) + intent.at("seed").as_string().c_str();
    auto digits = std::to_string(std::hash<std::string>{}(of));
    return "T" + digits.insert(0, 20 - digits.size(), '0').substr(1);
  }
  static bool look(const tomada_host* host, tomada_call* call, tomada_text raw, void* context, tomada_sink out) {
    const auto intent = sdk::detail::to_object(sdk::view(raw));
    json::object told{{"key", audit_key(call, intent)}};
    for (const auto& line : of(host).audit) {
      const auto* earlier = told.if_contains("earlier");
      const bool is_settled = earlier && earlier->at("state") == "done";
      if (is_settled || line.at("key") != told.at("key")) continue;
      told["earlier"] = json::object{{"at", "2026-10-14T17:46:40Z"},
                                     {"state", line.at("state")},
                                     {"same", line.at("arguments") == intent.at("arguments")},
                                     {"facts", line.at("facts")}};
    }
    out(context, sdk::text(sdk::write(told)));
    return true;
  }
  static bool begin_audit(const tomada_host* host, tomada_call* call, tomada_text raw, void* context, tomada_sink out) {
    const auto intent = sdk::detail::to_object(sdk::view(raw));
    auto& lines = of(host).audit;
    out(context, sdk::text(of(host).audit_is_full ? "the disk is full" : std::to_string(lines.size())));
    if (of(host).audit_is_full) return false;
    lines.push_back({{"key", audit_key(call, intent)},
                     {"state", "open"},
                     {"facts", json::object{}},
                     {"arguments", intent.at("arguments")}});
    return true;
  }
  static bool end_audit(const tomada_host* host, tomada_text id, tomada_ending ending, tomada_text facts) {
    auto& line = of(host).audit.at(std::stoul(copy(id)));
    line["state"] = ending == TOMADA_DONE ? "done" : ending == TOMADA_REFUSED ? "refused" : "unknown";
    line["facts"] = sdk::detail::to_object(sdk::view(facts));
    return true;
  }

  static void section(const tomada_host* host, void* context, tomada_sink out) {
    out(context, sdk::text(sdk::write(of(host).config)));
  }
  static void report(const tomada_host* host, void* context, tomada_sink out) {
    out(context, sdk::text(sdk::write(of(host).health)));
  }
  static void write_log(const tomada_host* host, tomada_log_level, tomada_text line) {
    of(host).log.push_back(copy(line));
  }
  static void list_changed(const tomada_host* host, tomada_list list) {
    of(host).notices.emplace_back(list == TOMADA_TOOL_LIST     ? "tools"
                                  : list == TOMADA_PROMPT_LIST ? "prompts"
                                                               : "resources");
  }
  static void resource_updated(const tomada_host* host, tomada_text uri) { of(host).notices.push_back(copy(uri)); }
  static std::int64_t steady(const tomada_host* host) { return of(host).steady_ms; }
  static std::int64_t unix_time(const tomada_host* host) { return of(host).unix_ms; }

  static const void* service(const tomada_host* host, const char* id) {
    static const tomada_http http{sizeof http, &fetch};
    static const tomada_store records{sizeof records, &get, &put, &erase, &scan};
    static const tomada_config config{sizeof config, &section};
    static const tomada_metrics metrics{sizeof metrics, &metric, &metric, &add, &set};
    static const tomada_metrics_read metrics_read{sizeof metrics_read, &read};
    static const tomada_health_read health_read{sizeof health_read, &report};
    static const tomada_alerts alerts{sizeof alerts, &request_alerts};
    static const tomada_log log{sizeof log, &write_log};
    static const tomada_clock clock{sizeof clock, &steady, &unix_time};
    static const tomada_notify notify{sizeof notify, &list_changed, &resource_updated};
    static const tomada_folder folder{sizeof folder, &folder_of};
    static const tomada_audit audit{sizeof audit, &look, &begin_audit, &end_audit};
    static const tomada_sql sql{sizeof sql, &ask_database};
    static const std::map<std::string_view, const void*> tables{
        {TOMADA_HTTP, &http},     {TOMADA_STORE, &records},
        {TOMADA_CONFIG, &config}, {TOMADA_METRICS, &metrics},
        {TOMADA_ALERTS, &alerts}, {TOMADA_METRICS_READ, &metrics_read},
        {TOMADA_LOG, &log},       {TOMADA_HEALTH_READ, &health_read},
        {TOMADA_CLOCK, &clock},   {TOMADA_NOTIFY, &notify},
        {TOMADA_AUDIT, &audit},   {TOMADA_SQL, &sql},
        {TOMADA_FOLDER, &folder},
    };
    const auto found = tables.find(id);
    return found == tables.end() || of(host).withheld.contains(std::string_view{id}) ? nullptr : found->second;
  }

  Face face_;
  std::mutex mutex_;  // guards requests and responders_
  std::map<std::pair<std::string, std::string>, std::deque<Responder>> responders_;
};

}  // namespace tomada::testing

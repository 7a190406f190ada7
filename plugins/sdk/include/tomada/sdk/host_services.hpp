#pragma once
// Host's functions, each on one ABI table.
#include <tomada/sdk/host.hpp>

namespace tomada::sdk {

namespace detail {

[[nodiscard]] inline json::object to_object(std::string_view text) {
  return text.empty() ? json::object{} : read_json(text).as_object();
}

[[nodiscard]] inline std::string to_text(const std::map<std::string, std::string>& from) {
  if (from.empty()) return {};
  json::object out;
  for (const auto& [name, value] : from) out[name] = value;
  return json::serialize(out);
}

inline void read_response(HttpResponse& response, const tomada_http_response& from) {
  response.body = view(from.body);
  for (const auto& [name, value] : to_object(view(from.headers))) {
    if (value.is_string()) response.headers[std::string(name)] = value.get_string().c_str();
  }
  response.is_shared = from.shared;
  response.age_ms = from.age_ms;
  response.read_at_ms = from.read_at_ms;
  response.refresh_in_ms = from.refresh_in_ms;
  response.status = from.status;  // last: a response that could not be read to its end is none
}

inline void receive(void* out, const tomada_http_response* from) noexcept {
  auto& response = *static_cast<HttpResponse*>(out);
  try {
    read_response(response, *from);
  } catch (...) {
    response = {};
    response.body = "the answer could not be read; try again";
  }
}

}  // namespace detail

inline json::object Host::config() const {
  std::string section;
  if (const auto* service = find<tomada_config>(TOMADA_CONFIG)) service->section(raw_, &section, append);
  return detail::to_object(section);
}

inline HttpResponse Host::fetch(const Call* call, const HttpRequest& request) const {
  const auto* service = find<tomada_http>(TOMADA_HTTP);
  HttpResponse response;
  if (!service) {
    response.body = "this plugin was not granted " TOMADA_HTTP "; add it to the instance's services";
    return response;
  }
  const auto headers = detail::to_text(request.headers);
  tomada_http_request raw{};
  raw.size = sizeof raw;
  raw.flags = (request.is_idempotent ? std::uint32_t{TOMADA_HTTP_IDEMPOTENT} : 0u) |
              (request.wants_fresh ? std::uint32_t{TOMADA_HTTP_FRESH} : 0u) |
              (request.is_background ? std::uint32_t{TOMADA_HTTP_BACKGROUND} : 0u);
  raw.upstream = text(request.upstream);
  raw.method = text(request.method);
  raw.path = text(request.path);
  raw.headers = text(headers);
  raw.body = text(request.body);
  raw.account = text(request.account);
  raw.operation = text(request.operation);
  raw.cache_key = text(request.cache_key);
  raw.timeout_ms = request.timeout_ms;
  service->fetch(raw_, call ? call->raw() : nullptr, &raw, &response, detail::receive);
  return response;
}

inline std::optional<std::string> Host::load(std::string_view key) const {
  std::string value;
  const auto* service = find<tomada_store>(TOMADA_STORE);
  if (!service || !service->get(raw_, text(key), &value, append)) return std::nullopt;
  return value;
}

inline bool Host::save(std::string_view key, std::string_view value, std::int64_t ttl_ms) const {
  const auto* service = find<tomada_store>(TOMADA_STORE);
  return service && service->put(raw_, text(key), text(value), ttl_ms);
}

inline bool Host::erase(std::string_view key) const {
  const auto* service = find<tomada_store>(TOMADA_STORE);
  return service && service->erase(raw_, text(key));
}

inline std::vector<Record> Host::scan(std::string_view prefix) const {
  std::vector<Record> records;
  const auto each = [](void* out, tomada_text key, tomada_text value) {
    static_cast<std::vector<Record>*>(out)->emplace_back(view(key), view(value));
  };
  if (const auto* service = find<tomada_store>(TOMADA_STORE)) service->scan(raw_, text(prefix), &records, each);
  return records;
}

inline std::optional<std::string> Host::folder() const {
  std::string path;
  const auto* service = find<tomada_folder>(TOMADA_FOLDER);
  if (!service || !service->path(raw_, &path, append)) return std::nullopt;
  return path;
}

inline void Host::log(tomada_log_level level, std::string_view line) const {
  if (const auto* service = find<tomada_log>(TOMADA_LOG)) service->write(raw_, level, text(line));
}

inline std::int64_t Host::unix_ms() const {
  if (const auto* service = find<tomada_clock>(TOMADA_CLOCK)) return service->unix_ms(raw_);
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

inline std::int64_t Host::steady_ms() const {
  if (const auto* service = find<tomada_clock>(TOMADA_CLOCK)) return service->steady_ms(raw_);
  const auto now = std::chrono::steady_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

inline Metric Host::counter(const char* name, const char* help, const Labels& labels) const {
  const auto* service = find<tomada_metrics>(TOMADA_METRICS);
  return service ? Metric{service, service->counter(raw_, name, help, text(detail::to_text(labels)))} : Metric{};
}

inline Metric Host::gauge(const char* name, const char* help, const Labels& labels) const {
  const auto* service = find<tomada_metrics>(TOMADA_METRICS);
  return service ? Metric{service, service->gauge(raw_, name, help, text(detail::to_text(labels)))} : Metric{};
}

inline std::optional<double> Host::metric(const char* name, const Labels& labels) const {
  double value = 0;
  const auto* service = find<tomada_metrics_read>(TOMADA_METRICS_READ);
  if (!service || !service->value(raw_, name, text(detail::to_text(labels)), &value)) return std::nullopt;
  return value;
}

inline json::object Host::health_report() const {
  const auto* service = find<tomada_health_read>(TOMADA_HEALTH_READ);
  if (!service)
    throw ToolError{"this plugin was not granted " TOMADA_HEALTH_READ "; add it to the instance's services"};
  std::string report;
  service->report(raw_, &report, append);
  return detail::to_object(report);
}

inline json::object Host::alerts(const Call& call, std::string_view operation, const json::object& arguments) const {
  const auto* service = find<tomada_alerts>(TOMADA_ALERTS);
  if (!service) throw ToolError{"this plugin was not granted " TOMADA_ALERTS "; add it to the instance's services"};
  std::string answer;
  const auto request = json::serialize(arguments);
  const bool is_done = service->request(raw_, call.raw(), text(operation), text(request), &answer, append);
  auto object = detail::to_object(answer);
  if (is_done) return object;
  const auto* message = object.if_contains("message");
  throw ToolError{message && message->is_string() ? message->get_string().c_str()
                                                  : "the alert engine refused without a reason"};
}

inline void Host::list_changed(tomada_list list) const {
  if (const auto* service = find<tomada_notify>(TOMADA_NOTIFY)) service->list_changed(raw_, list);
}

inline void Host::resource_updated(std::string_view uri) const {
  if (const auto* service = find<tomada_notify>(TOMADA_NOTIFY)) service->resource_updated(raw_, text(uri));
}

}  // namespace tomada::sdk

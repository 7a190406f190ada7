#include "tryton/session.hpp"

#include "tryton/fault.hpp"

#include <chrono>
#include <utility>

namespace tomada::erp::tryton {
namespace {

constexpr std::string_view login_method = "common.db.login";

std::string base64(std::string_view bytes) {
  static constexpr char alphabet[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::uint32_t group = 0;
    for (std::size_t j = i; j < i + 3; ++j) group = group << 8u | (j < bytes.size() ? std::uint8_t(bytes[j]) : 0u);
    for (std::size_t j = 0; j < 4; ++j) out += i + j <= bytes.size() ? alphabet[group >> (18 - 6 * j) & 63u] : '=';
  }
  return out;
}

// A database's name as one step of a path.
std::string escaped(std::string_view name) {
  static constexpr char digits[] = "0123456789ABCDEF";
  std::string out;
  for (const char c : name) {
    const bool is_plain =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
    const auto byte = static_cast<unsigned char>(c);
    out += is_plain ? std::string{c} : std::string{'%', digits[byte >> 4u], digits[byte & 15u]};
  }
  return out;
}

}  // namespace

Session::Session(sdk::Host host, Login login) : host_{host}, login_{std::move(login)} {}

sdk::HttpRequest Session::request(std::string_view method, const std::string& body) const {
  sdk::HttpRequest out;
  out.upstream = login_.upstream;
  out.method = "POST";
  out.path = escaped(login_.database) + '/';
  out.headers = {{"Content-Type", "application/json"}};
  out.body = body;
  out.account = login_.database + '/' + login_.user;
  out.operation = method;
  return out;
}

std::string Session::get(const Request& request, const std::string& ended) {
  std::unique_lock lock{mutex_};
  while (is_logging_in_) wait(lock, request);
  if (!authorization_.empty() && authorization_ != ended) return authorization_;
  if (!refusal_.empty() && host_.steady_ms() - refused_at_ms_ < refused_for_ms) throw sdk::ToolError{refusal_};
  is_logging_in_ = true;
  lock.unlock();
  try {
    auto fresh = log_in(request);
    finish(fresh, std::string{});
    return fresh;
  } catch (...) {
    finish({}, std::nullopt);
    throw;
  }
}

void Session::wait(std::unique_lock<std::mutex>& lock, const Request& request) {
  if (changed_.wait_for(lock, std::chrono::milliseconds{50}, [this] { return !is_logging_in_; })) return;
  lock.unlock();
  if (request.call) request.call->check();
  lock.lock();
}

// refusal: absent leaves it as it is.
void Session::finish(const std::string& authorization, std::optional<std::string> refusal) {
  const std::lock_guard lock{mutex_};
  authorization_ = authorization;
  if (refusal) refusal_ = std::move(*refusal);
  is_logging_in_ = false;
  changed_.notify_all();
}

void Session::refuse(const std::string& why) {
  const std::lock_guard lock{mutex_};
  refusal_ = why;
  refused_at_ms_ = host_.steady_ms();
  throw sdk::ToolError{why};
}

// Tryton tells a wrong password with 401, a user who is locked out with 429.
std::string Session::log_in(const Request& request) {
  const sdk::json::array parameters{login_.user, sdk::json::object{{"password", login_.password}}, "en"};
  const sdk::json::object question{{"id", 1}, {"method", "common.db.login"}, {"params", parameters}};
  const auto response = host_.fetch(request.call, this->request(login_method, sdk::write(question)));
  if (request.call) request.call->check();
  if (response.status == 401)
    refuse(
        "tryton does not accept user and password. Check both in the plugin's section of the configuration; the "
        "connector tries them again in a minute at the earliest, lest Tryton lock the user out.");
  if (response.status == 429)
    refuse(
        "tryton has locked the user out after too many failed logins. Mend user or password in the plugin's section "
        "of the configuration, then wait some minutes.");
  const auto result = result_in(login_method, response);
  const auto* session = result.if_array();
  const bool is_session = session && session->size() == 2 && session->at(0).is_int64() && session->at(1).is_string();
  if (!is_session) throw no_answer(login_method, response);
  const auto& key = session->at(1).get_string();
  return "Session " + base64(login_.user + ':' + std::to_string(session->at(0).get_int64()) + ':' +
                             std::string{key.data(), key.size()});
}

}  // namespace tomada::erp::tryton

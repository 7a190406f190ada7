#include "core/plugin/instance.hpp"

#include "core/base/text.hpp"
#include "core/json/reader.hpp"
#include "core/plugin/bridge.hpp"

#include <algorithm>
#include <exception>
#include <utility>
#include <vector>

namespace tomada::plugin {
namespace {

constexpr std::size_t waiting_calls = 256;  // per plugin, beyond those that have a thread
constexpr std::size_t tombstones = 64;

void append(void* out, tomada_text bytes) noexcept {
  if (bytes.data) static_cast<std::string*>(out)->append(bytes.data, bytes.size);
}

std::string what_was_thrown() {  // in a catch block
  try {
    throw;
  } catch (const std::exception& exception) {
    return exception.what();
  } catch (...) {
    return "something that is no std::exception";
  }
}

// All threads but one, so that a plugin whose upstream hangs leaves one for the others.
std::size_t share(const Workers& workers) {
  return std::max<std::size_t>(1, workers.threads()) - (workers.threads() > 1);
}

json::object degraded(std::string reason) {
  return {{"status", "degraded"}, {"reason", reason}, {"next_step", "update the plugin, or tell its author"}};
}

}  // namespace

Instance::Instance(std::string name, Library library, std::unique_ptr<Services> services,
                   std::shared_ptr<const Ground> ground)
    : name_{std::move(name)},
      library_{std::move(library)},
      services_{std::move(services)},
      ground_{std::move(ground)},
      ledger_{name_, ground_->log, ground_->metrics},
      lane_{share(ground_->workers), waiting_calls,
            [&workers = ground_->workers](Work work) { return workers.submit(std::move(work.run)); }} {
  face_.size = sizeof(tomada_host);
  face_.service = &find_service;
  face_.instance = {name_.data(), name_.size()};
  face_.version = {ground_->host_version.data(), ground_->host_version.size()};
  face_.started_at_ms = ground_->started_at_ms;
  face_.services = services_.get();
}

Instance::~Instance() = default;

const void* Instance::find_service(const tomada_host* host, const char* id) noexcept {
  auto* services = services_of(host);
  return id && services ? services->find(id) : nullptr;
}

Result<void> Instance::open() {
  std::string reason;
  try {
    handle_ = entry().load(&face_, &reason, append);
  } catch (...) {
    reason = text::concat({"its load() threw ", what_was_thrown()});
  }
  if (handle_) return read_tables();
  if (!text::is_utf8(reason)) reason = "it refused with bytes that are not UTF-8";
  if (reason.empty()) reason = "it refused to load without a reason";
  return failure(ErrorCode::tool, std::move(reason), {}, "see what the plugin's README asks for");
}

Result<void> Instance::read_tables() {
  try {
    auto read = plugin::read_tables(entry(), handle_);
    if (!read) return read.error();
    tables_ = *read;
    return {};
  } catch (...) {
    return failure(ErrorCode::tool, text::concat({"its extension() threw ", what_was_thrown()}), {},
                   "tell the plugin's author");
  }
}

bool Instance::close(Milliseconds patience) {
  std::vector<std::shared_ptr<registry::Call>> calls;
  {
    const std::lock_guard lock{mutex_};
    is_closing_ = true;
    for (const auto& flight : flying_) calls.push_back(flight->served());
  }
  for (const auto& call : calls) call->cancel();  // wakes the tools that wait; not under the lock, they may finish here
  calls.clear();
  {
    std::unique_lock lock{mutex_};
    if (!quiet_.wait_for(lock, patience, [this] { return flying_.empty() && visitors_ == 0; })) {
      is_abandoned_ = true;
      library_.keep_open();
      return false;
    }
  }
  unload();
  return true;
}

void Instance::unload() noexcept {
  if (!handle_) return;
  try {
    entry().unload(std::exchange(handle_, nullptr));
  } catch (...) {
    ledger_.misbehaved({}, "its unload() threw");
  }
}

Flight* Instance::board(Bridge& bridge, std::shared_ptr<registry::Call> call) {
  auto flight = std::make_unique<Flight>(*this, bridge, std::move(call));
  auto* out = flight.get();
  const std::lock_guard lock{mutex_};
  if (is_closing_) return nullptr;
  out->place = flying_.insert(flying_.end(), std::move(flight));
  return out;
}

void Instance::bury(Flight& flight) noexcept {
  std::shared_ptr<registry::Call> served;  // both die outside the lock
  std::unique_ptr<Flight> oldest;
  const std::lock_guard lock{mutex_};
  served = flight.forget();
  buried_.splice(buried_.end(), flying_, flight.place);
  if (buried_.size() > tombstones) {
    oldest = std::move(buried_.front());
    buried_.pop_front();
  }
  if (flying_.empty()) quiet_.notify_all();
}

json::object Instance::health() noexcept {
  if (!tables_.health) return {{"status", "healthy"}};
  {
    const std::lock_guard lock{mutex_};
    if (is_closing_) return {{"status", "unhealthy"}, {"reason", "it is being unloaded"}};
    ++visitors_;
  }
  json::object report;
  try {
    report = ask_health();
  } catch (...) {
    report = degraded(text::concat({"its health report threw ", what_was_thrown()}));
  }
  const std::lock_guard lock{mutex_};
  if (--visitors_ == 0) quiet_.notify_all();
  return report;
}

json::object Instance::ask_health() {
  std::string text;
  tables_.health->report(handle_, &text, append);
  auto value = json::read(text);
  if (!value) return degraded("its health report is not JSON: " + value.error().text());
  const auto* object = value->if_object();
  const auto* status = object ? json::find_string(*object, "status") : nullptr;
  const bool is_known = status && (*status == "healthy" || *status == "degraded" || *status == "unhealthy");
  if (!is_known) return degraded("its health report has no status that is healthy, degraded or unhealthy");
  return *object;
}

}  // namespace tomada::plugin

#pragma once
// An engine on a store of its own, a webhook sink that remembers what it got, and a store that breaks on demand.
#ifndef CPPHTTPLIB_OPENSSL_SUPPORT
#define CPPHTTPLIB_OPENSSL_SUPPORT  // as Debian's library is built
#endif
#include "core/alerts/engine.hpp"
#include "core/base/id.hpp"
#include "core/json/reader.hpp"
#include "tests/support/manual_clock.hpp"

#include <catch2/catch.hpp>
#include <httplib.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace tomada::alerts::test {

class Folder final {
 public:
  Folder() : path_{std::filesystem::temp_directory_path() / ("tomada-alerts-" + random_hex(8))} {
    std::filesystem::create_directories(path_);
  }
  ~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  [[nodiscard]] std::string file(const std::string& name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

class Sink final {  // a webhook's other end
 public:
  Sink() {
    server_.Post("/hook",
                 [this](const httplib::Request& request, httplib::Response& response) { receive(request, response); });
    port_ = server_.bind_to_any_port("127.0.0.1");
    thread_ = std::thread{[this] { server_.listen_after_bind(); }};
    while (!server_.is_running()) std::this_thread::yield();
  }
  ~Sink() {
    server_.stop();
    thread_.join();
  }
  Sink(const Sink&) = delete;
  Sink& operator=(const Sink&) = delete;

  [[nodiscard]] std::string url() const { return "http://127.0.0.1:" + std::to_string(port_) + "/hook"; }
  void answer(int status) { status_ = status; }
  [[nodiscard]] std::vector<json::object> messages() const {
    const std::lock_guard lock{mutex_};
    return messages_;
  }
  [[nodiscard]] std::vector<std::string> statuses() const {  // "high firing", "high resolved", …
    std::vector<std::string> out;
    for (const auto& message : messages()) {
      const auto& labels = message.at("commonLabels").as_object();
      out.push_back(std::string{labels.at("alertname").as_string()} + " " +
                    std::string{message.at("status").as_string()});
    }
    return out;
  }

 private:
  void receive(const httplib::Request& request, httplib::Response& response) {
    response.status = status_;
    if (status_ != 200) return;
    const std::lock_guard lock{mutex_};
    messages_.push_back(json::read(request.body).value().as_object());
  }

  httplib::Server server_;
  int port_ = 0;
  std::atomic<int> status_{200};
  mutable std::mutex mutex_;  // guards messages_
  std::vector<json::object> messages_;
  std::thread thread_;
};

class BreakingStore final : public storage::Store {  // its writes fail after a number of them: what a kill looks like
 public:
  explicit BreakingStore(storage::Store& inner) : inner_{inner} {}
  void break_after(int writes) { writes_left_ = writes; }

  Result<std::optional<std::string>> get(std::string_view space, std::string_view key) const override {
    return inner_.get(space, key);
  }
  Result<void> put(std::string_view space, std::string_view key, std::string_view value, Milliseconds life) override {
    if (is_broken()) return broken();
    return inner_.put(space, key, value, life);
  }
  Result<bool> erase(std::string_view space, std::string_view key) override {
    if (is_broken()) return broken();
    return inner_.erase(space, key);
  }
  Result<void> scan(std::string_view space, std::string_view prefix,
                    const std::function<void(std::string_view, std::string_view)>& each) const override {
    return inner_.scan(space, prefix, each);
  }
  Result<bool> replace(std::string_view space, std::string_view key, std::optional<std::string_view> expected,
                       std::string_view value, Milliseconds time_to_live) override {
    if (is_broken()) return broken();
    return inner_.replace(space, key, expected, value, time_to_live);
  }
  Result<std::uint64_t> version(std::string_view space) const override { return inner_.version(space); }
  Result<void> probe() const override { return inner_.probe(); }

 private:
  bool is_broken() { return writes_left_ >= 0 && writes_left_-- == 0 ? (writes_left_ = 0, true) : false; }
  static Error broken() { return failure(ErrorCode::system, "the disk is full", "state.db", "free space"); }

  storage::Store& inner_;
  int writes_left_ = -1;
};

struct World {  // one process; several may share a folder and a store
  explicit World(storage::Store& kept, const Clock& clock, const Folder& folder,
                 std::map<std::string, Receiver> receivers)
      : log{log::Options{log::Level::info, folder.file("log")}, clock, metrics},
        board{clock},
        leader{folder.file("leader.lock")},
        engine{Options{Milliseconds{15'000}, std::move(receivers), [this] { return metric_names; }},
               kept,
               leader,
               [this](std::string_view metric) { return sample(metric); },
               clock,
               log,
               metrics,
               board} {}

  std::optional<double> sample(std::string_view metric) const {
    const std::lock_guard lock{mutex};
    const auto found = samples.find(metric);
    return found == samples.end() ? std::nullopt : std::optional{found->second};
  }
  void set(const std::string& metric, double value) {
    const std::lock_guard lock{mutex};
    samples[metric] = value;
  }
  json::object ask(std::string_view operation, const json::object& arguments = {}) {
    auto answer = engine.request(operation, arguments, "ana");
    if (!answer) FAIL(answer.error().text());
    return std::move(*answer);
  }
  Error refused(std::string_view operation, const json::object& arguments = {}) {
    auto answer = engine.request(operation, arguments, "ana");
    if (answer) FAIL("accepted");
    return answer.error();
  }
  json::object rule(std::string_view name) {
    const auto list = ask("list");
    for (const auto& each : list.at("rules").as_array()) {
      if (json::view(each.at("name").as_string()) == name) return each.as_object();
    }
    FAIL("no rule " << name);
    return {};
  }
  std::string state(std::string_view name) { return std::string{rule(name).at("state").as_string()}; }
  health::Component delivery() {
    const auto report = board.report();
    for (const auto& part : report.components) {
      if (part.name == "alert_delivery") return part;
    }
    FAIL("alert_delivery is not on the board");
    return {};
  }

  mutable std::mutex mutex;  // guards samples
  std::map<std::string, double, std::less<>> samples;
  std::vector<std::string> metric_names{"m", "memory_percent", "disk_percent"};
  metrics::Registry metrics;
  log::Logger log;
  health::Board board;
  storage::Leader leader;
  Engine engine;
};

inline std::string read_file(const std::string& path) {
  std::ifstream in{path};
  return {std::istreambuf_iterator<char>{in}, {}};
}

inline json::object high(std::int64_t for_seconds = 0, const char* channel = "hook") {
  return {{"name", "high"},  {"metric", "m"},      {"operator", ">"},
          {"threshold", 10}, {"for", for_seconds}, {"channel", channel}};
}

}  // namespace tomada::alerts::test

#pragma once
// FakeRedis: what the second level needs of a Redis, in memory, with the troubles that a test wants; each FakeWire is
// one instance's connection to it. All on the test's thread.
#include "core/cache/wire.hpp"

#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace tomada::test {

class FakeWire;

struct FakeRedis {
  using Kind = cache::Reply::Kind;

  std::string run = "run 1";
  std::map<std::string, std::string> texts;
  std::map<std::string, std::map<std::string, std::string>> hashes;
  std::set<std::string> refused;  // commands
  bool is_dead = false;
  bool loses_messages = false;
  std::vector<cache::Command> log{};
  std::vector<FakeWire*> listeners{};

  void restart(bool keeps_memory) {
    run += "'";
    is_dead = false;
    if (!keeps_memory) flush();
  }
  void flush() {
    texts.clear();
    hashes.clear();
  }
  cache::Reply answer(const cache::Command& command);

 private:
  static cache::Reply text(std::string value) { return {Kind::text, std::move(value)}; }
  cache::Reply field(const std::string& hash, const std::string& name) {
    const auto found = hashes[hash].find(name);
    return found == hashes[hash].end() ? cache::Reply{} : text(found->second);
  }
};

class FakeWire final : public cache::Wire {
 public:
  explicit FakeWire(FakeRedis& redis) : redis_{redis} { redis.listeners.push_back(this); }
  ~FakeWire() override { std::erase(redis_.listeners, this); }

  Result<void> connect() override {
    is_connected = !redis_.is_dead && !is_unplugged;
    has_message = false;
    run_ = redis_.run;
    return is_connected ? Result<void>{} : gone();
  }
  Result<std::vector<cache::Reply>> send(const std::vector<cache::Command>& commands) override {
    if (!is_alive() || std::exchange(loses_commands, false)) return gone();
    std::vector<cache::Reply> out;
    for (const auto& command : commands) out.push_back(redis_.answer(command));
    if (loses_replies) return lose();
    return out;
  }
  Result<bool> wait(Milliseconds) override {
    if (is_connected && !is_alive()) return gone();
    return std::exchange(has_message, false);
  }
  void wake() noexcept override {}
  void hear() { has_message = is_alive() || has_message; }

  bool is_unplugged = false;    // its cable
  bool loses_commands = false;  // once, and the connection
  bool loses_replies = false;   // once: the commands are done, and nobody hears of it

 private:
  [[nodiscard]] bool is_alive() const { return is_connected && !redis_.is_dead && !is_unplugged && run_ == redis_.run; }
  Error gone() {
    is_connected = false;
    return failure(ErrorCode::unreachable, "Redis is gone", {}, "start it");
  }
  Error lose() {
    loses_replies = false;
    return gone();
  }

  FakeRedis& redis_;
  std::string run_;
  bool is_connected = false, has_message = false;
};

inline cache::Reply FakeRedis::answer(const cache::Command& command) {
  log.push_back(command);
  const auto& name = command.front();
  if (refused.contains(name)) return {Kind::error, "OOM command not allowed when used memory > 'maxmemory'"};
  if (name == "INFO") return text("# Server\r\nrun_id:" + run + "\r\n");
  if (name == "GET") return texts.contains(command[1]) ? text(texts[command[1]]) : cache::Reply{};
  if (name == "SET") texts[command[1]] = command[2];
  if (name == "HSETNX") hashes[command[1]].emplace(command[2], command[3]);
  if (name == "PUBLISH" && !loses_messages) {
    for (auto* each : listeners) each->hear();
  }
  if (name == "HINCRBY") {
    auto& value = hashes[command[1]][command[2]];
    value = std::to_string((value.empty() ? 0 : std::stoll(value)) + 1);
    return {Kind::number, {}, std::stoll(value)};
  }
  cache::Reply out{Kind::list};
  if (name == "HMGET") {
    for (std::size_t i = 2; i < command.size(); ++i) out.list.push_back(field(command[1], command[i]));
    return out;
  }
  if (name != "HGETALL") return {Kind::number, {}, 1};
  for (const auto& [key, value] : hashes[command[1]]) {
    out.list.push_back(text(key));
    out.list.push_back(text(value));
  }
  return out;
}

}  // namespace tomada::test

#pragma once
// A client's side of one frame: its headers and what it hears.
#include "core/base/text.hpp"
#include "core/json/value.hpp"
#include "core/jsonrpc/exchange.hpp"

#include <functional>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace tomada::test {

// Headers with names in any case, as HTTP has them.
class FakeHeaders final : public jsonrpc::HeaderView {
 public:
  FakeHeaders(std::initializer_list<std::pair<std::string, std::string>> rows) : rows_{rows} {}
  explicit FakeHeaders(const json::object& rows) {
    for (const auto& [name, value] : rows) {
      if (value.is_string()) add(name, value);
      if (value.is_array())
        std::for_each(value.get_array().begin(), value.get_array().end(), [&](const auto& each) { add(name, each); });
    }
  }
  [[nodiscard]] bool is_present() const noexcept override { return true; }
  [[nodiscard]] std::optional<std::string_view> find(std::string_view name) const noexcept override {
    for (const auto& [key, value] : rows_) {
      if (text::equals_ignoring_case(key, name)) return text::trim(value);
    }
    return {};
  }
  [[nodiscard]] bool is_ambiguous(std::string_view name) const noexcept override {
    return std::any_of(rows_.begin(), rows_.end(), [&](const auto& row) {
      return text::equals_ignoring_case(row.first, name) && text::trim(row.second) != find(name);
    });
  }
  [[nodiscard]] bool accepts_answers() const noexcept override { return find("Accept") != "text/html"; }

 private:
  void add(std::string_view name, const json::value& value) { rows_.emplace_back(name, json::view(value.as_string())); }

  std::vector<std::pair<std::string, std::string>> rows_;
};

// What a client would see of one frame.
class FakeReply final : public jsonrpc::Reply {
 public:
  void notify(std::string frame) override {
    const std::lock_guard lock{mutex_};
    notices_.push_back(std::move(frame));
  }
  void answer(jsonrpc::Answer answer) override {
    const std::lock_guard lock{mutex_};
    answers_.push_back(std::move(answer));
  }
  void notify_as(std::string_view event, std::string frame) override {
    notify(std::move(frame));
    note(std::string{event});
  }
  void begin(const jsonrpc::Opening& opening) override {
    has_begun_ = true;
    endpoint_ = opening.endpoint;
    if (!opening.event.empty()) note(opening.event);
  }
  void on_silence(const std::weak_ptr<jsonrpc::Reply>& begins) override { begins_ = begins; }
  void wait() {  // for some seconds
    if (const auto begins = begins_.lock()) begins->begin({});
  }
  [[nodiscard]] bool has_begun() const { return has_begun_; }
  [[nodiscard]] const std::string& endpoint() const { return endpoint_; }
  void on_disconnect(std::function<void()> gone) override { gone_ = std::move(gone); }
  [[nodiscard]] bool takes_notices() const noexcept override { return takes_notices_; }
  [[nodiscard]] bool is_behind() const override { return is_behind_; }
  void fall_behind() { is_behind_ = true; }
  void refuse_notices() { takes_notices_ = false; }
  void disconnect() {
    if (gone_) gone_();
  }

  [[nodiscard]] std::vector<jsonrpc::Answer> answers() const {
    const std::lock_guard lock{mutex_};
    return answers_;
  }
  [[nodiscard]] std::vector<std::string> notices() const {
    const std::lock_guard lock{mutex_};
    return notices_;
  }
  [[nodiscard]] std::vector<std::string> events() const {  // their ids, that of an opening included
    const std::lock_guard lock{mutex_};
    return events_;
  }
  [[nodiscard]] bool watches_connection() const { return static_cast<bool>(gone_); }

 private:
  void note(std::string event) {
    const std::lock_guard lock{mutex_};
    events_.push_back(std::move(event));
  }

  mutable std::mutex mutex_;  // guards the three below
  std::vector<jsonrpc::Answer> answers_;
  std::vector<std::string> notices_;
  std::vector<std::string> events_;
  std::function<void()> gone_;
  std::weak_ptr<jsonrpc::Reply> begins_;
  std::string endpoint_;
  bool takes_notices_ = true;
  bool has_begun_ = false;
  bool is_behind_ = false;
};

}  // namespace tomada::test

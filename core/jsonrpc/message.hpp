#pragma once
// Message: one received JSON-RPC 2.0 frame, classified, with the arena that its values live in.
#include "core/json/reader.hpp"
#include "core/json/value.hpp"

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace tomada::jsonrpc {

using Id = std::variant<std::monostate, std::int64_t, std::uint64_t, std::string>;  // monostate: none or unreadable
void write(std::string& out, const Id& id);       // echoes the same JSON type and value; monostate: null
[[nodiscard]] Id id_of(const json::value& from);  // monostate: neither a string nor an integer

enum class Kind { request, notification, response, batch, invalid };

class Message final {
 public:
  // Never null. A frame that is no JSON at all has is_json() false; one that is no JSON-RPC has kind invalid.
  [[nodiscard]] static std::shared_ptr<Message> parse(std::string_view frame, const json::Limits& limits);
  [[nodiscard]] static std::shared_ptr<Message> element(std::shared_ptr<const Message> batch, std::size_t index);
  // One frame of a batch; it keeps the batch alive.

  [[nodiscard]] bool is_json() const noexcept { return is_json_; }
  [[nodiscard]] Kind kind() const noexcept { return kind_; }
  [[nodiscard]] bool expects_no_answer() const noexcept {
    return std::holds_alternative<std::monostate>(id_) && !method_.empty();
  }  // a notification, or what would be one if its params were an object
  [[nodiscard]] const Id& id() const noexcept { return id_; }
  [[nodiscard]] std::string_view method() const noexcept { return method_; }
  [[nodiscard]] const json::object* params() const noexcept { return params_; }  // null: absent
  [[nodiscard]] const json::object* meta() const noexcept { return meta_; }  // params._meta; null: absent or no object
  [[nodiscard]] const json::value& root() const noexcept { return element_ ? *element_ : root_; }
  [[nodiscard]] const std::string& problem() const noexcept { return problem_; }  // why it is not JSON or invalid

  Message(const Message&) = delete;
  Message& operator=(const Message&) = delete;

 private:
  struct Key {};

 public:
  explicit Message(Key);  // only for the two factories: the frame and its counter share one allocation

 private:
  void classify();
  void classify_object(const json::object& frame);
  void reject(std::string problem);
  [[nodiscard]] bool read_id(const json::object& frame);

  static constexpr std::size_t arena_bytes = 4096;
  alignas(16) unsigned char arena_[arena_bytes];
  boost::json::monotonic_resource resource_;
  json::value root_;  // lives in resource_
  std::shared_ptr<const Message> batch_;
  const json::value* element_ = nullptr;  // lives in batch_
  bool is_json_ = false;
  Kind kind_ = Kind::invalid;
  Id id_;
  std::string_view method_;
  const json::object* params_ = nullptr;
  const json::object* meta_ = nullptr;
  std::string problem_;
};

}  // namespace tomada::jsonrpc

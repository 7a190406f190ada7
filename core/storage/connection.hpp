#pragma once
// Connection: one open SQLite file of records with its prepared statements. The only place that sees SQLiteCpp is
// connection.cpp.
#include "core/base/result.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace tomada::storage {

struct Change {
  std::string_view space, key, value;
  std::int64_t expires_at_ms = 0;  // 0: never
};

class Connection final {
 public:
  // Opens or creates the file. A corrupt one is moved aside first and reported. Errors: system, with the path and a
  // mend.
  [[nodiscard]] static Result<std::unique_ptr<Connection>> open(const std::string& path,
                                                                const std::function<void(const Error&)>& report,
                                                                std::int64_t now_ms);
  ~Connection();

  // Not for two threads at once: the store's mutex guards them. Errors: busy, system.
  [[nodiscard]] Result<std::optional<std::string>> get(std::string_view space, std::string_view key,
                                                       std::int64_t now_ms);
  [[nodiscard]] Result<void> put(const Change& change);
  [[nodiscard]] Result<bool> replace(const Change& change, std::optional<std::string_view> expected,
                                     std::int64_t now_ms);
  [[nodiscard]] Result<bool> erase(std::string_view space, std::string_view key, std::int64_t now_ms);
  [[nodiscard]] Result<std::vector<std::pair<std::string, std::string>>> scan(std::string_view space,
                                                                              std::string_view prefix,
                                                                              std::int64_t now_ms);
  [[nodiscard]] Result<std::uint64_t> version(std::string_view space);
  [[nodiscard]] Result<void> forget_expired(std::int64_t now_ms);

  [[nodiscard]] bool is_current() const;  // false: the file was removed or replaced underneath

 private:
  struct State;
  explicit Connection(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace tomada::storage

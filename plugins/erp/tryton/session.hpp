#pragma once
// Session: one login to Tryton, shared by all questions, made when first needed and again when Tryton ended it. A
// password that was refused is not shown again for a minute: Tryton answers ever slower and then locks the user out.
#include "source.hpp"

#include <condition_variable>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

namespace tomada::erp::tryton {

struct Login {
  std::string upstream;  // its name in the configuration
  std::string database, user, password;
};

class Session {
 public:
  static constexpr std::int64_t refused_for_ms = 60'000;

  Session(sdk::Host host, Login login);

  // The value of the header Authorization. ended: the one that Tryton no longer takes, empty if none; however many
  // questions find that out, one of them logs in. Throws ToolError and Cancelled.
  [[nodiscard]] std::string get(const Request& request, const std::string& ended);

  // For requests within the session: path, method, headers and account are set.
  [[nodiscard]] sdk::HttpRequest request(std::string_view method, const std::string& body) const;

 private:
  void wait(std::unique_lock<std::mutex>& lock, const Request& request);
  void finish(const std::string& authorization, std::optional<std::string> refusal);
  [[nodiscard]] std::string log_in(const Request& request);
  [[noreturn]] void refuse(const std::string& why);

  const sdk::Host host_;
  const Login login_;
  std::condition_variable changed_;
  std::mutex mutex_;  // guards the four below
  std::string authorization_;
  bool is_logging_in_ = false;
  std::string refusal_;  // of the password
  std::int64_t refused_at_ms_ = 0;
};

}  // namespace tomada::erp::tryton

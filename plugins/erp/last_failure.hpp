#pragma once
// LastFailure: how the last question to an ERP ended, for the health report of its client.
#include <tomada/plugin.hpp>

#include <mutex>
#include <string>

namespace tomada::erp {

class LastFailure {  // [any thread]
 public:
  // Does the work and remembers how it ended. Throws what the work throws.
  template <class Work>
  auto watch(Work work) {
    try {
      auto out = work();
      remember({});
      return out;
    } catch (const sdk::ToolError& error) {
      remember(error.what());
      throw;
    }
  }
  void remember(std::string failure);  // empty: it ended well
  [[nodiscard]] sdk::json::object health(const char* next_step) const;

 private:
  mutable std::mutex mutex_;  // guards the one below
  std::string failure_;
};

}  // namespace tomada::erp

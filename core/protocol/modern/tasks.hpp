#pragma once
// Tasks: tasks/get, tasks/update and tasks/cancel, for clients that declare the extension.
#include "core/protocol/answer.hpp"
#include "core/registry/catalogue.hpp"
#include "core/tasks/task.hpp"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace tomada::protocol::modern {

[[nodiscard]] Problem lacks_tasks();  // the client has not declared the extension

class Tasks final {
 public:
  Tasks(const Service& service, std::shared_ptr<const std::string> server_info)  // JSON text of the server
      : service_{service}, server_info_{std::move(server_info)} {}

  [[nodiscard]] bool is_offered(const registry::Catalogue& catalogue) const noexcept;  // a tool may become one
  [[nodiscard]] static bool has(std::string_view method) noexcept;
  void answer(const Request& request) const;  // one of those methods

  [[nodiscard]] std::optional<Problem> call_problem(const Request& request) const;
  // Of a tools/call of the right shape: its tool begins as a task or not at all, and this client knows none.

 private:
  struct Handle {
    std::string_view id;
    std::string owner;
  };
  void get(const Request& request, const Handle& handle) const;
  void update(const Request& request, const Handle& handle) const;
  void cancel(const Request& request, const Handle& handle) const;
  [[nodiscard]] std::optional<tasks::Task> recover(const tasks::Task& task, const Request& request) const;

  const Service& service_;
  const std::shared_ptr<const std::string> server_info_;
};

}  // namespace tomada::protocol::modern

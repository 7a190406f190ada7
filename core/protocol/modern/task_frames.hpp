#pragma once
// Task frames: a task as the extension io.modelcontextprotocol/tasks writes it.
#include "core/jsonrpc/message.hpp"
#include "core/tasks/task.hpp"

#include <string>
#include <string_view>

namespace tomada::protocol::modern {

[[nodiscard]] std::string created_frame(const jsonrpc::Id& id, const tasks::Task& task, std::string_view server_info);
// The answer to tools/call: the handle.
[[nodiscard]] std::string details_frame(const jsonrpc::Id& id, const tasks::Task& task, std::string_view server_info);
// The answer to tasks/get: the same and, by its status, inputRequests, result or error.
[[nodiscard]] std::string acknowledged_frame(const jsonrpc::Id& id, std::string_view server_info);
// The answer to tasks/update and tasks/cancel.
[[nodiscard]] std::string task_notice(const tasks::Task& task, std::string_view server_info, std::string_view member);
// notifications/tasks with all of it; member: a finished member of params, "_meta":{…}.

}  // namespace tomada::protocol::modern

#include "core/protocol/modern/task_frames.hpp"

#include "core/json/writer.hpp"
#include "core/protocol/answer.hpp"
#include "core/protocol/call_result.hpp"
#include "core/protocol/names.hpp"
#include "core/protocol/splice.hpp"

namespace tomada::protocol::modern {
namespace {

constexpr int poll_interval_ms = 1000;

void write_handle(std::string& out, const tasks::Task& task) {
  out.append(R"("taskId":)");
  json::write_string(out, task.id);
  write_member(out, "status", tasks::name(task.status));
  if (!task.message.empty()) write_member(out, "statusMessage", task.message);
  write_member(out, "createdAt", rfc3339(task.created));
  write_member(out, "lastUpdatedAt", rfc3339(task.updated));
  out.append(R"(,"ttlMs":)").append(std::to_string(task.time_to_live.count()));
  out.append(R"(,"pollIntervalMs":)").append(std::to_string(poll_interval_ms));
}

void write_error(std::string& out, const tasks::Task& task) {
  const auto problem = task.outcome ? problem_of(*task.outcome, task.correlation) : std::nullopt;
  out.append(R"(,"error":{"code":)");
  out.append(std::to_string(static_cast<int>(problem ? problem->code : jsonrpc::Code::internal_error)));
  write_member(out, "message", problem ? problem->message : "internal error");
  if (problem && !problem->details.empty()) out.append(R"(,"data":)").append(problem->details);
  out.push_back('}');
}

void write_details(std::string& out, const tasks::Task& task, std::string_view server_info) {
  write_handle(out, task);
  if (task.status == tasks::Status::input_required) {
    out.append(R"(,"inputRequests":)");
    splice(out, task.questions);
  } else if (task.status == tasks::Status::completed && task.outcome) {
    out.append(R"(,"result":)");
    append_call_result(out, *task.outcome, {modern_revision(), server_info, task.correlation});
  } else if (task.status == tasks::Status::failed) {
    write_error(out, task);
  }
}

void end_result(std::string& out, std::string_view server_info) {
  out.append(",\"_meta\":{\"").append(names::server_info).append("\":").append(server_info).append("}}}");
}

}  // namespace

std::string created_frame(const jsonrpc::Id& id, const tasks::Task& task, std::string_view server_info) {
  auto out = begin_result(id, 512 + server_info.size());
  out.append(R"({"resultType":"task",)");
  write_handle(out, task);
  end_result(out, server_info);
  return out;
}

std::string details_frame(const jsonrpc::Id& id, const tasks::Task& task, std::string_view server_info) {
  const auto room = task.questions.size() + (task.outcome ? task.outcome->bytes() : 0);
  auto out = begin_result(id, 1024 + 2 * server_info.size() + room);
  out.append(R"({"resultType":"complete",)");
  write_details(out, task, server_info);
  end_result(out, server_info);
  return out;
}

std::string acknowledged_frame(const jsonrpc::Id& id, std::string_view server_info) {
  auto out = begin_result(id, 128 + server_info.size());
  out.append(R"({"resultType":"complete")");
  end_result(out, server_info);
  return out;
}

std::string task_notice(const tasks::Task& task, std::string_view server_info, std::string_view member) {
  std::string out = R"({"jsonrpc":"2.0","method":")";
  out.append(names::task_changed).append(R"(","params":{)");
  write_details(out, task, server_info);
  out.append(",").append(member).append("}}");
  return out;
}

}  // namespace tomada::protocol::modern

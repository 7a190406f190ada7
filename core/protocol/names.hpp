#pragma once
// The fixed names of the wire: members of _meta, methods, headers.
#include <string_view>

namespace tomada::protocol::names {

inline constexpr std::string_view protocol_version = "io.modelcontextprotocol/protocolVersion";
inline constexpr std::string_view client_capabilities = "io.modelcontextprotocol/clientCapabilities";
inline constexpr std::string_view client_info = "io.modelcontextprotocol/clientInfo";
inline constexpr std::string_view log_level = "io.modelcontextprotocol/logLevel";
inline constexpr std::string_view server_info = "io.modelcontextprotocol/serverInfo";
inline constexpr std::string_view subscription_id = "io.modelcontextprotocol/subscriptionId";
inline constexpr std::string_view progress_token = "progressToken";
inline constexpr std::string_view freshness = "tomada/freshness";
inline constexpr std::string_view correlation = "tomada/correlation";
inline constexpr std::string_view retry_after = "tomada/retry_after_ms";

inline constexpr std::string_view discover = "server/discover";
inline constexpr std::string_view list_tools = "tools/list";
inline constexpr std::string_view call_tool = "tools/call";
inline constexpr std::string_view list_prompts = "prompts/list";
inline constexpr std::string_view get_prompt = "prompts/get";
inline constexpr std::string_view list_resources = "resources/list";
inline constexpr std::string_view list_templates = "resources/templates/list";
inline constexpr std::string_view read_resource = "resources/read";
inline constexpr std::string_view complete = "completion/complete";
inline constexpr std::string_view listen = "subscriptions/listen";
inline constexpr std::string_view subscribe = "resources/subscribe";
inline constexpr std::string_view unsubscribe = "resources/unsubscribe";
inline constexpr std::string_view initialize = "initialize";
inline constexpr std::string_view ping = "ping";
inline constexpr std::string_view set_level = "logging/setLevel";
inline constexpr std::string_view elicit = "elicitation/create";
inline constexpr std::string_view sample = "sampling/createMessage";
inline constexpr std::string_view list_roots = "roots/list";
inline constexpr std::string_view cancelled = "notifications/cancelled";
inline constexpr std::string_view get_task = "tasks/get";
inline constexpr std::string_view update_task = "tasks/update";
inline constexpr std::string_view cancel_task = "tasks/cancel";

inline constexpr std::string_view acknowledged = "notifications/subscriptions/acknowledged";
inline constexpr std::string_view tools_changed = "notifications/tools/list_changed";
inline constexpr std::string_view prompts_changed = "notifications/prompts/list_changed";
inline constexpr std::string_view resources_changed = "notifications/resources/list_changed";
inline constexpr std::string_view resource_updated = "notifications/resources/updated";
inline constexpr std::string_view task_changed = "notifications/tasks";

inline constexpr std::string_view apps_extension = "io.modelcontextprotocol/ui";
inline constexpr std::string_view tasks_extension = "io.modelcontextprotocol/tasks";

inline constexpr std::string_view session_header = "Mcp-Session-Id";
inline constexpr std::string_view last_event_header = "Last-Event-ID";
inline constexpr std::string_view version_header = "MCP-Protocol-Version";
inline constexpr std::string_view method_header = "Mcp-Method";
inline constexpr std::string_view name_header = "Mcp-Name";
inline constexpr std::string_view parameter_header_prefix = "Mcp-Param-";

}  // namespace tomada::protocol::names

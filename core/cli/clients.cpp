#include "core/cli/clients.hpp"

#include "core/app/entrance.hpp"
#include "core/base/text.hpp"

namespace tomada::cli {
namespace {

using app::key_variable;

json::array words_of(std::initializer_list<std::string_view> first, const std::vector<std::string>& rest) {
  json::array out;
  for (const auto word : first) out.emplace_back(json::key(word));
  for (const auto& word : rest) out.emplace_back(word);
  return out;
}

constexpr const char* key_input = "tomada-api-key";

// Where the client finds the key, in the words that it resolves; those that resolve nothing have to be given it.
std::string key_of(std::string_view client) {
  if (client == "claude-code") return text::concat({"${", key_variable, "}"});
  if (client == "cursor") return text::concat({"${env:", key_variable, "}"});
  if (client == "vscode") return text::concat({"${input:", key_input, "}"});
  return "PASTE-THE-KEY-HERE";
}

json::array key_inputs() {  // VS Code asks once, and keeps it out of the file
  return {json::object{
      {"id", key_input}, {"type", "promptString"}, {"description", "API key of tomada"}, {"password", true}}};
}

std::string shell_word(std::string_view word) {  // for the remote shell behind ssh
  std::string out = "'";
  for (const char c : word) out.append(c == '\'' ? std::string_view{"'\\''"} : std::string_view{&c, 1});
  return out + "'";
}

std::vector<std::string> options_of(const Launch& launch) {
  std::vector<std::string> out;
  const auto add = [&out](const char* option, const std::string& value) {
    if (!value.empty()) out.insert(out.end(), {option, value});
  };
  add("--config", launch.config);
  add("--state", launch.state);
  for (const auto& folder : launch.plugins) add("--plugins", folder);
  add("--log-level", launch.log_level);
  return out;
}

// What lies on this machine is mounted into the container, where its own paths lead.
json::array container(const Launch& launch) {
  constexpr const char* state = "/var/lib/tomada";
  constexpr const char* config = "/etc/tomada.toml";
  std::vector<std::string> before;
  const auto add = [&before](const char* option, std::string value) {
    before.insert(before.end(), {option, std::move(value)});
  };
  Launch inside;
  inside.log_level = launch.log_level;
  add("-v", text::concat({launch.state.empty() ? "tomada-state" : launch.state, ":", state}));
  if (!launch.config.empty()) {
    add("-v", text::concat({launch.config, ":", config, ":ro"}));
    inside.config = config;
  }
  for (const auto& variable : launch.variables) add("-e", variable);
  if (launch.needs_key) add("-e", key_variable);
  for (const auto& folder : launch.plugins) {
    inside.plugins.push_back("/plugins/" + std::to_string(inside.plugins.size()));
    add("-v", text::concat({folder, ":", inside.plugins.back(), ":ro"}));
  }
  before.insert(before.end(), {"tomada", "stdio"});
  const auto after = options_of(inside);
  before.insert(before.end(), after.begin(), after.end());
  return words_of({"run", "--rm", "-i"}, before);
}

std::string remote_line(const Launch& launch) {
  std::string line = shell_word(launch.program) + " stdio";
  for (const auto& option : options_of(launch)) line.append(" ").append(shell_word(option));
  return line;
}

json::object process(std::string_view via, const Launch& launch) {
  json::object out;
  if (via == "docker") {
    out["command"] = "docker";
    out["args"] = container(launch);
  } else if (via == "ssh") {
    out["command"] = "ssh";
    out["args"] = words_of({"-T", "USER@HOST", remote_line(launch)}, {});
  } else if (via == "wsl") {
    out["command"] = "wsl.exe";
    out["args"] = words_of({"-e", launch.program, "stdio"}, options_of(launch));
  } else {
    out["command"] = launch.program;
    out["args"] = words_of({"stdio"}, options_of(launch));
  }
  return out;
}

// Claude Desktop starts programs only: a bridge from npm carries HTTP. A blank inside an argument would not survive
// Windows, so the header's value comes from the environment.
json::object bridge(const Launch& launch) {
  json::object out;
  out["command"] = "npx";
  auto arguments = words_of({"-y", "mcp-remote", launch.url}, {});
  if (launch.needs_key) {
    arguments.insert(arguments.end(), {"--header", "Authorization:${AUTHORIZATION}"});
  }
  out["args"] = std::move(arguments);
  if (launch.needs_key) out["env"] = json::object{{"AUTHORIZATION", "Bearer " + key_of("claude-desktop")}};
  return out;
}

json::object server(std::string_view client, std::string_view via, const Launch& launch) {
  if (via == "http" && client == "claude-desktop") return bridge(launch);
  const bool names_type = client == "claude-code" || client == "vscode" || client == "inspector";
  json::object out;
  if (via == "http") {
    if (names_type) out["type"] = client == "inspector" ? "streamable-http" : "http";
    out["url"] = launch.url;
    if (launch.needs_key) out["headers"] = json::object{{"Authorization", "Bearer " + key_of(client)}};
    return out;
  }
  if (names_type) out["type"] = "stdio";
  for (auto& member : process(via, launch)) out[member.key()] = member.value();
  if (launch.needs_key) out["env"] = json::object{{key_variable, key_of(client)}};
  return out;
}

}  // namespace

std::string url_of(std::string_view listen, bool is_tls) {
  const auto colon = listen.rfind(':');
  auto host = listen.substr(0, colon);
  if (host == "0.0.0.0") host = "127.0.0.1";
  if (host == "[::]") host = "[::1]";
  return text::concat({is_tls ? "https://" : "http://", host, listen.substr(colon), "/mcp"});
}

json::object client_configuration(std::string_view client, std::string_view via, const Launch& launch) {
  json::object servers;
  servers["tomada"] = server(client, via, launch);
  json::object out;
  out[client == "vscode" ? "servers" : "mcpServers"] = std::move(servers);
  if (client == "vscode" && launch.needs_key) out["inputs"] = key_inputs();
  return out;
}

std::string client_file(std::string_view client) {
  if (client == "claude-desktop") {
    return "claude_desktop_config.json (macOS: ~/Library/Application Support/Claude/, Windows: %APPDATA%\\Claude\\, "
           "Linux: ~/.config/Claude/)";
  }
  if (client == "claude-code") return ".mcp.json in the project's folder";
  if (client == "cursor") return ".cursor/mcp.json in the project's folder, or ~/.cursor/mcp.json";
  if (client == "vscode") return ".vscode/mcp.json in the project's folder";
  return "a file for the inspector's --config FILE --server tomada";
}

}  // namespace tomada::cli

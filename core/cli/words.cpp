#include "core/cli/words.hpp"

#include "core/cli/mistake.hpp"
#include "core/config/units.hpp"

#include <CLI/CLI.hpp>

#include <functional>
#include <memory>

namespace tomada::cli {
namespace {

constexpr const char* epilogue =
    "Without a configuration file it serves a demo company. Configuration: TOML, see README.\n"
    "Exit codes: 0 ok, 1 usage or unexpected, 2 configuration refused, 3 not authorised, 4 upstream unreachable, 5 "
    "tool error.";

// A command's own help names the options that hold everywhere too.
class Help final : public CLI::Formatter {
 public:
  std::string make_footer(const CLI::App* app) const override {
    const auto* top = app;
    while (top->get_parent()) top = top->get_parent();
    if (top == app) return CLI::Formatter::make_footer(app);
    const auto is_shared = [](const CLI::Option* option) { return option->get_name() != "--help"; };
    const auto group = make_group("Everywhere", false, top->get_options(is_shared));
    return group.substr(1) + "\n" + CLI::Formatter::make_footer(app);
  }
};

void add_common(CLI::App& app, Words& words) {
  auto& overrides = words.overrides;
  app.add_option("--config", overrides.config, "configuration file (TOML)")->option_text("FILE");
  app.add_option("--state", overrides.state, "state folder")->option_text("DIR");
  app.add_option("--plugins", overrides.plugins, "plugin folder; repeatable, replaces the default one")
      ->option_text("DIR")
      ->expected(1)
      ->take_all();
  app.add_option("--log-level", overrides.log_level, "debug, info, warning or error")
      ->option_text("LEVEL")
      ->check(CLI::IsMember({"debug", "info", "warning", "error"}));
}

void add_format(CLI::App& app, Words& words) {
  app.add_option_function<std::string>(
         "--format", [&words](const std::string& format) { words.is_json = format == "json"; },
         "text (default) or json")
      ->option_text("FORMAT")
      ->check(CLI::IsMember({"text", "json"}));
}

CLI::App* add(CLI::App& parent, Words& words, const char* name, const char* what, Command command) {
  CLI::App* child = parent.add_subcommand(name, what);
  child->final_callback([&words, command] { words.command = command; });
  child->fallthrough();
  return child;
}

void add_serving(CLI::App& app, Words& words) {
  add(app, words, "stdio", "serve one client on stdin and stdout", Command::stdio);
  auto* http = add(app, words, "http", "serve HTTP at /mcp; default 127.0.0.1:8420", Command::http);
  http->add_option("--listen", words.overrides.listen, "address to listen on")->option_text("HOST:PORT");
  http->add_flag("--insecure", words.overrides.is_insecure, "no key is needed, whoever reaches the address");
}

void add_tools(CLI::App& app, Words& words) {
  auto* tools =
      app.add_subcommand("tools", "list: what an assistant would see; call NAME [JSON]: one call, in this process");
  tools->require_subcommand(1)->fallthrough();
  add_format(*add(*tools, words, "list", "what an assistant would see", Command::tools_list), words);
  auto* call = add(*tools, words, "call", "one call, in this process", Command::tools_call);
  call->add_option("NAME", words.name, "the tool")->required();
  call->add_option("JSON", words.arguments, "its arguments, a JSON object");
  add_format(*call, words);
}

void add_plugins(CLI::App& app, Words& words) {
  auto* plugins =
      app.add_subcommand("plugins", "list: what is loaded, with version and state; new NAME: a scaffold that builds");
  plugins->require_subcommand(1)->fallthrough();
  add_format(*add(*plugins, words, "list", "what is loaded, with version and state", Command::plugins_list), words);
  auto* scaffold = add(*plugins, words, "new", "scaffold of a plugin that builds", Command::plugins_new);
  scaffold->add_option("NAME", words.name, "the plugin: lower-case letters, digits, _")->required();
}

void add_client(CLI::App& app, Words& words) {
  auto* client = add(app, words, "client", "the configuration to paste into a client", Command::client);
  client->add_option("CLIENT", words.name, "claude-desktop, claude-code, cursor, vscode or inspector")
      ->required()
      ->check(CLI::IsMember({"claude-desktop", "claude-code", "cursor", "vscode", "inspector"}));
  client->add_option("--via", words.via, "local (default), docker, ssh, wsl or http")
      ->option_text("WAY")
      ->check(CLI::IsMember({"local", "docker", "ssh", "wsl", "http"}));
}

void add_duration(CLI::App& app, const char* name, const char* what, const std::function<void(Milliseconds)>& take) {
  const auto is_duration = [](const std::string& text) {
    const auto time = config::parse_duration(text).value_or(Milliseconds{0});
    return time.count() > 0 ? std::string{} : text + " is no time such as 24h or 90d";
  };
  app.add_option_function<std::string>(
         name, [take](const std::string& text) { take(*config::parse_duration(text)); }, what)
      ->option_text("TIME")
      ->check(CLI::Validator(is_duration, ""));
}

void add_key_holder(CLI::App& app, KeyWords& key) {
  app.add_option("--name", key.name, "what it is for, as people see it")->option_text("NAME")->required();
  app.add_option("--subject", key.subject, "who its holder is; default: NAME")->option_text("SUBJECT");
  app.add_option("--tenant", key.tenant, "the company whose data may be seen")->option_text("TENANT");
  app.add_option("--role", key.roles, "a [role.ROLE]; repeatable; without one: every read-only tool")
      ->option_text("ROLE")
      ->expected(1)
      ->take_all();
  add_duration(app, "--expires", "it ends after this time, for example 90d",
               [&key](Milliseconds time) { key.expires = time; });
}

void add_cache(CLI::App& app, Words& words) {
  auto* cache = app.add_subcommand("cache", "stats, clear: what running servers keep of answers");
  cache->require_subcommand(1)->fallthrough();
  add_format(*add(*cache, words, "stats", "what is kept, and how often it was the answer", Command::cache_stats),
             words);
  add_format(*add(*cache, words, "clear", "forget it; the next question goes to the ERP", Command::cache_clear), words);
}

void add_keys(CLI::App& app, Words& words) {
  auto* keys = app.add_subcommand("keys", "add, list, revoke, rotate: who may come in over HTTP");
  keys->require_subcommand(1)->fallthrough();
  auto* adding = add(*keys, words, "add", "a new key; it is printed once", Command::keys_add);
  add_key_holder(*adding, words.key);
  add_format(*adding, words);
  add_format(*add(*keys, words, "list", "every key, without its secret", Command::keys_list), words);
  auto* revoking = add(*keys, words, "revoke", "a key is refused from now on", Command::keys_revoke);
  revoking->add_option("ID", words.key.id, "as tomada keys list shows it")->required();
  auto* rotating = add(*keys, words, "rotate", "a new key for the same holder", Command::keys_rotate);
  rotating->add_option("ID", words.key.id, "as tomada keys list shows it")->required();
  add_duration(*rotating, "--overlap", "how long the old one stays good; default 24h",
               [&words](Milliseconds time) { words.key.overlap = time; });
  add_format(*rotating, words);
}

}  // namespace

Result<Words> parse(int count, const char* const* words) {
  Words out;
  CLI::App app{"tomada: the MCP server a company plugs its ERP into", "tomada"};
  app.formatter(std::make_shared<Help>());
  app.footer(epilogue);
  app.require_subcommand(1);
  add_common(app, out);
  add_serving(app, out);
  add_tools(app, out);
  add(app, out, "check", "configuration, plugins, upstreams: every problem, its place, its mend", Command::check);
  add_plugins(app, out);
  add_client(app, out);
  add_keys(app, out);
  add_cache(app, out);
  add(app, out, "version", "the version", Command::version);
  try {
    app.parse(count, words);
  } catch (const CLI::CallForHelp&) {
    out.help = app.help();
  } catch (const CLI::ParseError& error) {
    return mistake(app, count, words, error);
  }
  return out;
}

}  // namespace tomada::cli

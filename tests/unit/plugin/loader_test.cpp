#include "tests/unit/plugin/support.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>

using namespace tomada;
using tomada::plugin::test::TestHost;

namespace {

bool mentions(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

bool is_mapped(const std::string& file) {
  std::ifstream maps{"/proc/self/maps"};
  return mentions(std::string{std::istreambuf_iterator<char>{maps}, {}}, "/" + file);
}

plugin::InstanceRequest conduct_with(json::object settings) {
  plugin::InstanceRequest out;
  out.instance = out.use = "conduct";
  out.settings = std::move(settings);
  out.where = "tomada.toml:12";
  return out;
}

}  // namespace

TEST_CASE("a plugin is loaded with its identity and its tools") {
  TestHost host;
  const auto status = host.load("right_one");
  CHECK(status.state == "loaded");
  CHECK(status.id == "test.refused");
  CHECK(status.version == "1.0.0");
  CHECK(status.tools == std::vector<std::string>{"refused_tool"});
  CHECK(host.call("refused_tool").structured == "{}");
  REQUIRE(host.loader.statuses().size() == 1);
}

TEST_CASE("a plugin with one thing wrong is refused with the reason and the next step") {
  struct Case {
    const char *use, *reason;
  };
  const Case cases[] = {
      {"wrong_abi", "it speaks version 99 of the plugin ABI, this server 1"},
      {"no_manifest", "its manifest is missing"},
      {"manifest_no_json", "its manifest is not JSON"},
      {"manifest_incomplete", "its manifest is wrong"},
      {"other_id", "it calls itself test.somebody-else, its manifest test.refused"},
      {"other_version", "it is version 1.0.1, its manifest says 1.0.0"},
      {"definition_no_json", "tool \"refused_tool\": its definition is not JSON"},
      {"definition_incomplete", "tool \"refused_tool\": its definition is wrong"},
      {"input_no_schema", "tool \"refused_tool\": its input is no valid JSON Schema"},
      {"header_on_number", "\"x-mcp-header\" needs a property of type string, integer or boolean"},
      {"load_refuses", "the moon is not full; wait nine days"},
      {"tool_misnamed", "tool \"refused tool\": a tool's name is 1 to 128 of"},
      {"tool_missing", "its tool number 0 lacks a name or a definition"},
      {"extension_throws", "its extension() threw something that is no std::exception"},
      {"table_too_small", "its table tomada.tools/1 has a wrong size"},
      {"health_too_small", "its table tomada.health/1 has a wrong size"},
      {"no_table", "it offers neither tools, prompts, resources nor health"},
      {"no_tools", "it offers neither tools, prompts, resources nor health"},
      {"no_entry", "it does not export tomada_plugin_entry"},
      {"not_elf", "it is no shared object"},
  };
  for (const auto& one : cases) {
    DYNAMIC_SECTION(one.use) {
      TestHost host;
      const auto status = host.load(one.use);
      CHECK(status.state == "refused");
      INFO(status.reason);
      CHECK(mentions(status.reason, one.reason));
      CHECK_FALSE(status.hint.empty());
      CHECK(status.code == ErrorCode::tool);  // the plugin's mistake, not the configuration's
      CHECK(host.loader.tools().empty());
    }
  }
}

TEST_CASE("what a plugin calls itself reaches a terminal as one line of plain text") {
  struct Case {
    const char *use, *reason;
  };
  const Case cases[] = {
      {"id_escapes", "it calls itself test.\\x1b[31mred\\xff, its manifest test.refused"},
      {"version_escapes", "it is version 1.0.0\\n1.0.1, its manifest says 1.0.0"},
      {"tool_escapes", "tool \"refused\\ntool\\x1b]0;title\\x07\": a tool's name is"},
      {"load_escapes", "the moon\\nis \\x1b[31mred"},
      {"manifest_escapes", "its manifest is wrong: "},
  };
  for (const auto& one : cases) {
    TestHost host;
    const auto status = host.load(one.use);
    CHECK(status.state == "refused");
    INFO(status.reason);
    CHECK(mentions(status.reason, one.reason));
    for (const auto* shown : {&status.reason, &status.hint, &status.id, &status.version}) {
      CHECK(std::none_of(shown->begin(), shown->end(), [](char c) { return c >= 0 && c < ' '; }));
    }
  }
}

TEST_CASE("a plugin whose static initialisers end the process is refused, and the server goes on") {
  struct Case {
    const char *use, *reason;
  };
  const Case cases[] = {
      {"initialiser_throws", "opening it ends in a crash (SIGABRT): terminate called after throwing"},
      {"initialiser_crashes", "opening it ends in a crash (SIGSEGV)"},
      {"initialiser_exits", "opening it ends the program with code 0"},
  };
  TestHost host;
  for (const auto& one : cases) {
    const auto status = host.load(one.use);
    CHECK(status.state == "refused");
    INFO(status.reason);
    CHECK(mentions(status.reason, one.reason));
    CHECK(status.code == ErrorCode::tool);
    CHECK(status.hint == "its static initialisers are at fault: do in load() what may fail");
  }
  CHECK(host.load("right_one").state == "loaded");
  CHECK(host.call("refused_tool").structured == "{}");
}

TEST_CASE("a refused plugin leaves the others alone") {
  TestHost host;
  CHECK(host.load("right_one").state == "loaded");
  CHECK(host.load("load_refuses").state == "refused");
  CHECK(host.load("not_elf").state == "refused");
  CHECK(host.load("conduct").state == "loaded");
  CHECK(host.call("refused_tool").structured == "{}");
  CHECK(host.call("number").structured == R"({"number": 7})");
}

TEST_CASE("a tool name that is taken refuses the later plugin, and a prefix mends it") {
  TestHost host;
  CHECK(host.load("right_one", "first").state == "loaded");
  const auto clash = host.load("right_one", "second");
  CHECK(clash.state == "refused");
  CHECK(clash.code == ErrorCode::configuration);
  CHECK(clash.reason == "tomada.toml:12: [plugin.second] offers the tool refused_tool, as [plugin.first] does");
  CHECK(clash.hint == "give one of the two instances a prefix");
  CHECK(host.load("right_one", "third", "branch_").state == "loaded");
  CHECK(host.call("branch_refused_tool").structured == "{}");
}

TEST_CASE("two instances of one plugin share nothing") {
  TestHost host;
  REQUIRE(host.load("conduct", "head").state == "loaded");
  REQUIRE(host.load("conduct", "branch", "branch_").state == "loaded");
  const auto waiting = host.start("gate");
  CHECK(host.call("branch_open_gate").structured == R"({"most_inside":0})");
  CHECK(waiting.outcome.wait_for(std::chrono::seconds{0}) == std::future_status::timeout);
  (void)host.call("open_gate");
  CHECK(host.tool("branch_echo")->description().plugin == "branch");
  CHECK(host.tool("branch_echo")->description().version == "1.0.0");
}

TEST_CASE("a name that leads out of the folder is refused as a mistake of the configuration") {
  for (const std::string use : {"../conduct", "/etc/passwd", "", ".hidden", "a b"}) {
    TestHost host;
    const auto status = host.load(use, "x");
    CHECK(status.state == "refused");
    CHECK(status.code == ErrorCode::configuration);
    CHECK(mentions(status.reason, "tomada.toml:12: [plugin.x] use = \"" + use + "\" is no plugin's name"));
  }
}

TEST_CASE("a plugin that is not there is answered with the nearest that is") {
  TestHost host;
  const auto status = host.load("conducts", "x");
  CHECK(status.code == ErrorCode::not_found);
  CHECK(mentions(status.reason, "there is no conducts.so in "));
  CHECK(status.hint == "did you mean \"conduct\"?");
}

TEST_CASE("a prefix that cannot begin a tool's name is a mistake of the configuration") {
  TestHost host;
  const auto status = host.load("right_one", "x", "so so ");
  CHECK(status.code == ErrorCode::configuration);
  CHECK(mentions(status.reason, "prefix = \"so so \""));
}

TEST_CASE("settings are checked against the manifest before any code runs") {
  TestHost host;
  const auto unknown = host.loader.load(conduct_with({{"greting", "hi"}}));
  CHECK(unknown.code == ErrorCode::configuration);
  CHECK(unknown.reason == "tomada.toml:12: [plugin.conduct] has an unknown key \"greting\"");
  CHECK(unknown.hint == "did you mean \"greeting\"?");

  const auto excess = host.loader.load(conduct_with({{"limit", 11}}));
  CHECK(excess.code == ErrorCode::configuration);
  CHECK(mentions(excess.reason, "/limit"));

  CHECK(host.loader.load(conduct_with({{"limit", 10}, {"greeting", "hi"}})).state == "loaded");
}

TEST_CASE("what a manifest says of an absent setting holds, also for what the instance is granted") {
  TestHost host;
  json::object granted;
  const auto remember = [&granted](const plugin::InstanceRequest& request, const plugin::Manifest&) {
    granted = request.settings;
    return std::make_unique<plugin::test::NoServices>();
  };
  plugin::Loader loader{{TOMADA_TEST_PLUGINS}, host.workers, remember, "9.9.9", host.log, host.metrics};
  REQUIRE(loader.load(conduct_with({{"limit", 3}})).state == "loaded");
  CHECK(granted == json::object{{"limit", 3}, {"upstream", "bank"}});
  CHECK(loader.tools().front()->description().account == "conduct@bank");
}

TEST_CASE("the self test that a manifest names is told with the tool's full name") {
  TestHost host;
  const auto status = host.load("conduct", "branch", "branch_");
  REQUIRE(status.probe);
  CHECK(status.probe->tool == "branch_echo");
  CHECK(status.probe->arguments == json::object{{"what", "probe"}});
  CHECK_FALSE(host.load("right_one").probe);
}

TEST_CASE("a plugin without a config schema takes no settings") {
  TestHost host;
  auto request = conduct_with({{"colour", "blue"}});
  request.use = "right_one";
  const auto status = host.loader.load(request);
  CHECK(status.code == ErrorCode::configuration);
  CHECK(status.hint == "this plugin takes no settings");
}

TEST_CASE("a missing plugin folder is named") {
  TestHost host;
  CHECK(host.loader.check_folders());
  const plugin::Loader elsewhere{{"/nowhere/plugins"}, host.workers, {}, "1", host.log, host.metrics};
  const auto checked = elsewhere.check_folders();
  REQUIRE_FALSE(checked);
  CHECK(checked.error().code == ErrorCode::system);
  CHECK(mentions(checked.error().message, "/nowhere/plugins"));
}

TEST_CASE("tools are described in the server's language, with their annotations and cache policy") {
  TestHost host;
  auto request = conduct_with({{"upstream", "omie"}});
  request.language = "pt-BR";
  REQUIRE(host.loader.load(request).state == "loaded");
  const auto& echo = host.tool("echo")->description();
  CHECK(echo.title == "Qualquer coisa");
  CHECK(echo.description == "Takes anything.");
  CHECK(echo.input_schema == R"({"type":"object","properties":{"what":{"description":"O quê"}}})");
  CHECK(echo.annotations.is_read_only);
  CHECK(echo.annotations.is_idempotent);
  CHECK_FALSE(echo.annotations.is_destructive);
  CHECK_FALSE(echo.annotations.is_open_world);
  CHECK(echo.runs_inline);
  CHECK(echo.account == "conduct@omie");
  CHECK(host.tool("ask")->description().annotations.is_destructive);
  CHECK(host.tool("wait_for_cancel")->description().annotations.is_open_world);
  CHECK(host.tool("serial_gate")->description().is_serial);

  const auto& cache = host.tool("number")->description().cache;
  REQUIRE(cache);
  CHECK(cache->time_to_live == Milliseconds{60'000});
  CHECK(host.tool("number")->description().meta == R"({"example/icon":"7"})");
  CHECK(host.tool("number")->output() != nullptr);
  CHECK(host.tool("echo")->output() == nullptr);
}

TEST_CASE("a plugin's own health report is passed on, and its absence is healthy") {
  TestHost host;
  REQUIRE(host.load("conduct").state == "loaded");
  REQUIRE(host.load("right_one").state == "loaded");
  CHECK(host.loader.health("conduct").at("status") == "degraded");
  CHECK(host.loader.health("conduct").at("reason") == "it behaves badly on purpose");
  CHECK(host.loader.health("right_one").at("status") == "healthy");
  CHECK(host.loader.health("nobody").at("status") == "unhealthy");
}

TEST_CASE("a plugin that throws anything from its health report is unhealthy and harms nobody") {
  TestHost host;
  REQUIRE(host.load("throwing").state == "loaded");
  const auto report = host.loader.health("throwing");
  CHECK(report.at("status") == "unhealthy");
  CHECK(report.at("reason") == "its health report failed without saying why");
  CHECK(host.call("throw_42").kind == registry::OutcomeKind::tool_error);
}

TEST_CASE("a plugin's code is gone from memory when it is unloaded, also one built with the SDK") {
  for (const std::string name : {"right_one", "conduct", "hello"}) {
    {
      TestHost host;
      REQUIRE(host.load(name).state == "loaded");
      CHECK(is_mapped(name + ".so"));
    }
    INFO(name);
    CHECK_FALSE(is_mapped(name + ".so"));
  }
}

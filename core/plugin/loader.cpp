// A plugin is checked outside in: its name, manifest and settings before any of its code is mapped, its entry before
// its code runs, its tools before anybody sees one. The first thing wrong ends it, with the reason kept in its Status.
#include "core/plugin/loader.hpp"

#include "core/base/text.hpp"
#include "core/json/reader.hpp"
#include "core/plugin/bridge.hpp"
#include "core/plugin/definition.hpp"
#include "core/plugin/folders.hpp"
#include "core/plugin/instance.hpp"
#include "core/plugin/library.hpp"
#include "core/plugin/manifest.hpp"
#include "schemas/embedded.hpp"

#include <algorithm>
#include <cstring>
#include <mutex>
#include <new>
#include <stdexcept>
#include <utility>

namespace tomada::plugin {
namespace {

constexpr Milliseconds unload_patience{5'000}, trial_patience{5'000};

// The plugins that come with the server were opened by its own tests, and a start must not wait for them.
bool is_of_the_house(const Manifest& manifest) { return manifest.id.starts_with("tomada."); }

schema::Schema embedded_schema(std::string_view path) {
  const auto definition = json::read(schemas::embedded(path));
  if (!definition) throw std::logic_error(text::concat({"schemas/", path, " is no JSON: ", definition.error().text()}));
  auto compiled = schema::Schema::compile(*definition);
  if (!compiled) throw std::logic_error(text::concat({"schemas/", path, ": ", compiled.error().text()}));
  return std::move(*compiled);
}

Result<void> check_identity(const tomada_plugin& entry, const Manifest& manifest) {
  const std::string hint = "use the .so and the .json of one build";
  if (entry.id != manifest.id) {
    return failure(ErrorCode::tool, text::concat({"it calls itself ", entry.id, ", its manifest ", manifest.id}), {},
                   hint);
  }
  if (entry.version == manifest.version) return {};
  return failure(ErrorCode::tool,
                 text::concat({"it is version ", entry.version, ", its manifest says ", manifest.version}), {}, hint);
}

std::shared_ptr<const Ground> make_ground(Workers& workers, log::Logger& log, metrics::Registry& metrics,
                                          const Clock& clock, std::string version) {
  return std::make_shared<const Ground>(
      Ground{workers, log, metrics, clock, std::move(version), unix_ms(clock.wall_now())});
}

// The upstream whose account the answers depend on, as far as the host can know.
std::string account_of(const InstanceRequest& request) {
  const auto* upstream = json::find_string(request.settings, "upstream");
  return upstream ? text::concat({request.instance, "@", json::view(*upstream)}) : request.instance;
}

Result<tomada_tool> read_tool(const tomada_tools& table, std::uint32_t index) {
  const auto* raw = table.list ? table.list[index] : nullptr;
  tomada_tool out{};
  if (raw) std::memcpy(&out, raw, std::min<std::size_t>(raw->size, sizeof out));
  if (out.name && out.definition) return out;
  return failure(ErrorCode::tool,
                 text::concat({"its tool number ", std::to_string(index), " lacks a name or a definition"}), {},
                 "mend the plugin's tool list");
}

Result<void> check_probe(const InstanceRequest& request, const Manifest& manifest,
                         const std::vector<std::shared_ptr<BridgedTool>>& tools) {
  if (!manifest.probe) return {};
  const auto name = request.prefix + manifest.probe->tool;
  const auto is_it = [&name](const auto& tool) { return tool->description().name == name; };
  const auto found = std::find_if(tools.begin(), tools.end(), is_it);
  if (found != tools.end() && (*found)->description().annotations.is_read_only) return {};
  return failure(ErrorCode::tool,
                 text::concat({"its manifest's probe, ", manifest.probe->tool, ", is no read-only tool of it"}), {},
                 "mend the plugin's manifest");
}

}  // namespace

struct Loader::State {
  struct Loaded {
    std::shared_ptr<Instance> instance;
    std::vector<std::shared_ptr<BridgedTool>> tools;
  };

  State(std::vector<std::string> paths, ServicesFactory factory, std::shared_ptr<const Ground> on)
      : folders{std::move(paths)}, services{std::move(factory)}, ground{std::move(on)} {}

  Folders folders;
  ServicesFactory services;
  std::shared_ptr<const Ground> ground;
  schema::Schema manifest_rules = embedded_schema("manifest/plugin.json");
  schema::Schema tool_rules = embedded_schema("manifest/tool.json");
  std::vector<Status> statuses;

  mutable std::mutex mutex;  // guards loaded
  std::vector<Loaded> loaded;

  Result<void> load(InstanceRequest request, Status& status);
  Result<Loaded> bring_up(const InstanceRequest& request, const Manifest& manifest, Library library);
  Result<void> make_tools(const InstanceRequest& request, Loaded& to) const;
  Result<void> check_clashes(const InstanceRequest& request,
                             const std::vector<std::shared_ptr<BridgedTool>>& tools) const;
  void let_go(Loaded& gone) noexcept;
};

Result<void> Loader::State::load(InstanceRequest request, Status& status) {
  if (const auto checked = folders.check_request(request); !checked) return checked.error();
  const auto path = folders.find(request);
  if (!path) return path.error();
  status.file = *path + ".so";
  const auto manifest = read_manifest(*path + ".json", manifest_rules);
  if (!manifest) return manifest.error();
  status.id = manifest->id;
  status.version = manifest->version;
  if (const auto checked = check_settings(request, *manifest); !checked) return checked.error();
  fill_defaults(request.settings, *manifest);
  for (const auto& secret : secrets_in(request.settings, *manifest)) ground->log.hide(secret);
  auto library = Library::open(status.file, is_of_the_house(*manifest) ? untried : trial_patience);
  if (!library) return library.error();
  if (const auto checked = check_identity(library->entry(), *manifest); !checked) return checked.error();
  auto brought_up = bring_up(request, *manifest, std::move(*library));
  if (!brought_up) return brought_up.error();
  for (const auto& tool : brought_up->tools) status.tools.push_back(tool->description().name);
  if (manifest->probe) status.probe = Probe{request.prefix + manifest->probe->tool, manifest->probe->arguments};
  const std::lock_guard lock{mutex};
  loaded.push_back(std::move(*brought_up));
  return {};
}

Result<Loader::State::Loaded> Loader::State::bring_up(const InstanceRequest& request, const Manifest& manifest,
                                                      Library library) {
  Loaded out;
  out.instance = std::make_shared<Instance>(request.instance, std::move(library), services(request, manifest), ground);
  auto opened = out.instance->open();
  if (opened) opened = make_tools(request, out);
  if (opened) opened = check_clashes(request, out.tools);
  if (opened) opened = check_probe(request, manifest, out.tools);
  if (opened) return out;
  let_go(out);
  return opened.error();
}

Result<void> Loader::State::make_tools(const InstanceRequest& request, Loaded& to) const {
  const auto& table = to.instance->table();
  if (table.count > 0 && !table.call)
    return failure(ErrorCode::tool, "its tool table has no call()", {}, "tell the plugin's author");
  for (std::uint32_t index = 0; index < table.count; ++index) {
    const auto tool = read_tool(table, index);
    if (!tool) return tool.error();
    auto definition = read_definition(*tool, request.prefix, request.language, tool_rules);
    if (!definition) return definition.error();
    definition->description.plugin = request.instance;
    definition->description.version = to.instance->entry().version;
    definition->description.account = account_of(request);
    to.tools.push_back(std::make_shared<BridgedTool>(to.instance, index, std::move(*definition)));
  }
  return {};
}

Result<void> Loader::State::check_clashes(const InstanceRequest& request,
                                          const std::vector<std::shared_ptr<BridgedTool>>& tools) const {
  std::vector<std::pair<std::string_view, std::string_view>> taken;  // tool, plugin
  for (const auto& one : loaded) {
    for (const auto& tool : one.tools) taken.emplace_back(tool->description().name, tool->description().plugin);
  }
  for (const auto& tool : tools) {
    const auto& own = tool->description();
    const auto same = [&own](const auto& other) { return other.first == own.name; };
    const auto found = std::find_if(taken.begin(), taken.end(), same);
    if (found != taken.end() && found->second == own.plugin)
      return failure(ErrorCode::tool, text::concat({"it offers the tool ", own.name, " twice"}), {}, "mend the plugin");
    if (found != taken.end()) {
      return failure(ErrorCode::configuration,
                     text::concat({"[plugin.", request.instance, "] offers the tool ", own.name, ", as [plugin.",
                                   found->second, "] does"}),
                     request.where, "give one of the two instances a prefix");
    }
    taken.emplace_back(own.name, own.plugin);
  }
  return {};
}

void Loader::State::let_go(Loaded& gone) noexcept {
  if (gone.instance->close(unload_patience)) return;
  ground->log.error("a plugin did not end its calls and stays in memory", {{"plugin", gone.instance->name()}});
  new (std::nothrow) Loaded{std::move(gone)};  // on purpose never deleted: its code may still run
}

Loader::Loader(std::vector<std::string> folders, Workers& workers, ServicesFactory services, std::string host_version,
               log::Logger& log, metrics::Registry& metrics, const Clock& clock)
    : state_{std::make_unique<State>(std::move(folders), std::move(services),
                                     make_ground(workers, log, metrics, clock, std::move(host_version)))} {}

Loader::~Loader() {
  for (auto& one : state_->loaded) state_->let_go(one);
}

const Clock& Loader::system_clock() noexcept {
  static const SystemClock clock;
  return clock;
}

Result<void> Loader::check_folders() const { return state_->folders.check(); }

Status Loader::load(const InstanceRequest& request) {
  Status status;
  status.instance = request.instance;
  if (const auto loaded = state_->load(request, status); loaded) {
    status.state = "loaded";
    state_->ground->log.info("plugin loaded",
                             {{"plugin", status.instance}, {"id", status.id}, {"version", status.version}});
  } else {
    const auto& error = loaded.error();
    status.state = "refused";
    status.code = error.code;
    // One line of plain text: a reason may hold what the plugin calls itself, and is shown on terminals.
    status.reason =
        text::one_line(error.where.empty() ? error.message : text::concat({error.where, ": ", error.message}));
    status.hint = text::one_line(error.hint);
    status.tools.clear();
    state_->ground->log.error(
        "plugin refused",
        {{"plugin", status.instance}, {"file", status.file}, {"reason", status.reason}, {"hint", status.hint}});
  }
  state_->statuses.push_back(status);
  return status;
}

const std::vector<Status>& Loader::statuses() const noexcept { return state_->statuses; }

std::vector<std::shared_ptr<registry::Tool>> Loader::tools() const {
  std::vector<std::shared_ptr<registry::Tool>> out;
  const std::lock_guard lock{state_->mutex};
  for (const auto& one : state_->loaded) out.insert(out.end(), one.tools.begin(), one.tools.end());
  return out;
}

bool Loader::is_idle() const {
  const auto is_held = [](const auto& tool) { return tool.use_count() > 1; };
  const auto is_used = [&](const State::Loaded& one) {
    return std::any_of(one.tools.begin(), one.tools.end(), is_held);
  };
  const std::lock_guard lock{state_->mutex};
  return std::none_of(state_->loaded.begin(), state_->loaded.end(), is_used);
}

json::object Loader::health(std::string_view instance) const {
  std::shared_ptr<Instance> found;
  {
    const std::lock_guard lock{state_->mutex};
    for (const auto& one : state_->loaded) {
      if (one.instance->name() == instance) found = one.instance;
    }
  }
  if (found) return found->health();
  return {{"status", "unhealthy"}, {"reason", "it is not loaded"}, {"next_step", "see `tomada check`"}};
}

}  // namespace tomada::plugin

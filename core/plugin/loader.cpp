// A plugin is checked outside in: its name, manifest and settings before any of its code is mapped, its entry before
// its code runs, its tools before anybody sees one. The first thing wrong ends it, with the reason kept in its Status.
#include "core/plugin/loader.hpp"

#include "core/base/text.hpp"
#include "core/plugin/folders.hpp"
#include "core/plugin/instance.hpp"
#include "core/plugin/library.hpp"
#include "core/plugin/manifest.hpp"
#include "core/plugin/offering.hpp"

#include <algorithm>
#include <mutex>
#include <new>
#include <utility>

namespace tomada::plugin {
namespace {

constexpr Milliseconds unload_patience{5'000}, trial_patience{5'000};

// The plugins that come with the server were opened by its own tests, and a start must not wait for them.
bool is_of_the_house(const Manifest& manifest) { return manifest.id.starts_with("tomada."); }

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
    Offering offering;
  };

  State(std::vector<std::string> paths, ServicesFactory factory, std::shared_ptr<const Ground> on)
      : folders{std::move(paths)}, services{std::move(factory)}, ground{std::move(on)} {}

  Folders folders;
  ServicesFactory services;
  std::shared_ptr<const Ground> ground;
  std::shared_ptr<const Rules> rules = std::make_shared<const Rules>();
  std::vector<Status> statuses;

  mutable std::mutex mutex;  // guards loaded
  std::vector<Loaded> loaded;

  Result<void> load(InstanceRequest request, Status& status);
  Result<Loaded> bring_up(const InstanceRequest& request, const Manifest& manifest, Library library);
  Result<void> check_names(const InstanceRequest& request, const Offering& own) const;
  void let_go(Loaded& gone) noexcept;
};

Result<void> Loader::State::load(InstanceRequest request, Status& status) {
  if (const auto checked = folders.check_request(request); !checked) return checked.error();
  const auto path = folders.find(request);
  if (!path) return path.error();
  status.file = *path + ".so";
  const auto manifest = read_manifest(*path + ".json", rules->manifest);
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
  for (const auto& tool : brought_up->offering.tools) status.tools.push_back(tool->description().name);
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
  if (opened) {
    auto read = read_offering(request, out.instance, rules);
    if (read) out.offering = std::move(*read);
    if (!read) opened = read.error();
  }
  if (opened) opened = check_names(request, out.offering);
  if (opened) opened = check_probe(request, manifest, out.offering.tools);
  if (opened) return out;
  let_go(out);
  return opened.error();
}

Result<void> Loader::State::check_names(const InstanceRequest& request, const Offering& own) const {
  std::vector<const Offering*> others;
  for (const auto& one : loaded) others.push_back(&one.offering);
  return check_clashes(request, own, others);
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

registry::Tools Loader::tools() const {
  registry::Tools out;
  const std::lock_guard lock{state_->mutex};
  for (const auto& one : state_->loaded) out.insert(out.end(), one.offering.tools.begin(), one.offering.tools.end());
  return out;
}

registry::Prompts Loader::prompts() const {
  registry::Prompts out;
  const std::lock_guard lock{state_->mutex};
  for (const auto& one : state_->loaded)
    out.insert(out.end(), one.offering.prompts.begin(), one.offering.prompts.end());
  return out;
}

registry::Resources Loader::resources() const {
  registry::Resources out;
  const std::lock_guard lock{state_->mutex};
  for (const auto& one : state_->loaded)
    out.insert(out.end(), one.offering.resources.begin(), one.offering.resources.end());
  return out;
}

bool Loader::is_idle() const {
  const std::lock_guard lock{state_->mutex};
  return std::none_of(state_->loaded.begin(), state_->loaded.end(),
                      [](const State::Loaded& one) { return one.offering.is_held(); });
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

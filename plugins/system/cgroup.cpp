// Inside a container the path of /proc/self/cgroup is often the host's and does not exist under the mount; then the
// mount's own root is the container's group. Version 1 says "no limit" with a huge number, version 2 with "max".
#include "cgroup.hpp"

#include <algorithm>
#include <filesystem>
#include <vector>

namespace tomada::system {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t no_limit = std::uint64_t{1} << 60;  // version 1 writes 2^63 rounded down to a page

struct Names {  // what the two versions call the same things
  const char *memory_limit, *memory_used, *inactive;
};
constexpr Names names_v1{"memory.limit_in_bytes", "memory.usage_in_bytes", "total_inactive_file"};
constexpr Names names_v2{"memory.max", "memory.current", "inactive_file"};

std::optional<std::uint64_t> read_number(const std::string& path) {
  const auto text = read_file(path);
  const auto words = words_of(text ? std::string_view{*text} : std::string_view{});
  return words.empty() ? std::nullopt : number(words[0]);
}

// The group's folder and every parent up to the mount, innermost first.
std::vector<std::string> folders_up(const std::string& mount, std::string_view path) {
  std::vector<std::string> folders;
  for (std::string rest{path}; rest.size() > 1 && rest.find("/..") == std::string::npos; rest.resize(rest.rfind('/'))) {
    if (fs::is_directory(mount + rest)) folders.push_back(mount + rest);
  }
  folders.push_back(mount);
  return folders;
}

std::uint64_t inactive_bytes(const std::string& folder, std::string_view name) {
  const auto text = read_file(folder + "/memory.stat").value_or("");
  for (const auto line : lines_of(text)) {
    const auto words = words_of(line);
    if (words.size() == 2 && words[0] == name) return number(words[1]).value_or(0);
  }
  return 0;
}

void add_memory(Limits& limits, const std::vector<std::string>& folders, const Names& names) {
  for (const auto& folder : folders) {
    const auto limit = read_number(folder + "/" + names.memory_limit);
    if (!limit || *limit >= no_limit || (limits.memory_bytes && *limits.memory_bytes <= *limit)) continue;
    limits.memory_bytes = limit;
    const auto used = read_number(folder + "/" + names.memory_used);
    if (used) limits.memory_used = *used - std::min(*used, inactive_bytes(folder, names.inactive));
  }
}

void add_cpu(Limits& limits, std::optional<std::uint64_t> quota, std::optional<std::uint64_t> period) {
  if (!quota || !period || *period == 0) return;
  const double cpus = static_cast<double>(*quota) / static_cast<double>(*period);
  limits.cpus = std::min(limits.cpus.value_or(cpus), cpus);
}

void add_cpu_v1(Limits& limits, const std::vector<std::string>& folders) {
  for (const auto& folder : folders) {  // a quota of -1 is no number here, hence no limit
    add_cpu(limits, read_number(folder + "/cpu.cfs_quota_us"), read_number(folder + "/cpu.cfs_period_us"));
  }
}

void add_cpu_v2(Limits& limits, const std::vector<std::string>& folders) {
  for (const auto& folder : folders) {
    const auto text = read_file(folder + "/cpu.max").value_or("");
    const auto words = words_of(text);  // "max 100000" or "50000 100000"
    if (words.size() == 2) add_cpu(limits, number(words[0]), number(words[1]));
  }
}

std::string mount_of(const std::string& root, const std::string& controller, const std::string& joined) {
  return fs::is_directory(root + "/" + controller) ? root + "/" + controller : root + "/" + joined;
}

}  // namespace

std::map<std::string, std::string, std::less<>> parse_cgroup_paths(std::string_view text) {
  std::map<std::string, std::string, std::less<>> paths;
  for (const auto line : lines_of(text)) {
    const auto first = line.find(':');
    const auto second = line.find(':', first + 1);
    if (first == std::string_view::npos || second == std::string_view::npos) continue;
    auto controllers = line.substr(first + 1, second - first - 1);
    while (true) {
      const auto comma = controllers.find(',');
      paths.emplace(controllers.substr(0, comma), line.substr(second + 1));
      if (comma == std::string_view::npos) break;
      controllers.remove_prefix(comma + 1);
    }
  }
  return paths;
}

Limits read_limits(const Roots& roots) {
  Limits limits;
  const std::string root = roots.sys + "/fs/cgroup";
  const auto text = read_file(roots.proc + "/self/cgroup");
  if (!text) return limits;
  auto paths = parse_cgroup_paths(*text);
  if (fs::exists(root + "/cgroup.controllers")) {
    limits.version = "v2";
    const auto folders = folders_up(root, paths[""]);
    add_memory(limits, folders, names_v2);
    add_cpu_v2(limits, folders);
    return limits;
  }
  if (!paths.contains("memory") && !paths.contains("cpu")) return limits;
  limits.version = fs::is_directory(root + "/unified") ? "hybrid" : "v1";
  add_memory(limits, folders_up(root + "/memory", paths["memory"]), names_v1);
  add_cpu_v1(limits, folders_up(mount_of(root, "cpu", "cpu,cpuacct"), paths["cpu"]));
  if (limits.version == "hybrid") {  // a controller is bound to one version only; the other's files are not there
    const auto unified = folders_up(root + "/unified", paths[""]);
    add_memory(limits, unified, names_v2);
    add_cpu_v2(limits, unified);
  }
  return limits;
}

}  // namespace tomada::system

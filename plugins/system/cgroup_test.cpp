// Limits of containers, read from trees as the three kinds of systems show them.
#include "cgroup.hpp"

#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <unistd.h>

namespace tomada::system {
namespace {

namespace fs = std::filesystem;

class Tree final {  // a fixture /proc and /sys, gone with the test
 public:
  Tree() {
    std::string pattern = (fs::temp_directory_path() / "tomada-cgroup-XXXXXX").string();
    root_ = mkdtemp(pattern.data());
  }
  ~Tree() { fs::remove_all(root_); }
  Tree(const Tree&) = delete;
  Tree& operator=(const Tree&) = delete;

  void write(const std::string& path, const std::string& text) const {
    fs::create_directories((root_ / path).parent_path());
    std::ofstream{root_ / path} << text;
  }
  [[nodiscard]] Limits limits() const { return read_limits({(root_ / "proc").string(), (root_ / "sys").string()}); }

 private:
  fs::path root_;
};

constexpr std::uint64_t mega = 1024 * 1024;

}  // namespace

TEST_CASE("version 2: the tightest limit between the group and the root holds") {
  const Tree tree;
  tree.write("proc/self/cgroup", "0::/system.slice/tomada.service\n");
  tree.write("sys/fs/cgroup/cgroup.controllers", "cpu memory pids\n");
  tree.write("sys/fs/cgroup/system.slice/memory.max", "268435456\n");
  tree.write("sys/fs/cgroup/system.slice/memory.current", "104857600\n");
  tree.write("sys/fs/cgroup/system.slice/memory.stat", "anon 1\ninactive_file 52428800\n");
  tree.write("sys/fs/cgroup/system.slice/cpu.max", "max 100000\n");
  tree.write("sys/fs/cgroup/system.slice/tomada.service/memory.max", "max\n");
  tree.write("sys/fs/cgroup/system.slice/tomada.service/memory.current", "1\n");
  tree.write("sys/fs/cgroup/system.slice/tomada.service/cpu.max", "150000 100000\n");
  const auto limits = tree.limits();
  CHECK(limits.version == "v2");
  CHECK(limits.memory_bytes == 256 * mega);
  CHECK(limits.memory_used == 50 * mega);
  CHECK(limits.cpus == 1.5);
}

TEST_CASE("version 2 inside a container: the mount's root is the group") {
  const Tree tree;
  tree.write("proc/self/cgroup", "0::/../../docker/0123\n");
  tree.write("sys/fs/cgroup/cgroup.controllers", "cpu memory\n");
  tree.write("sys/fs/cgroup/memory.max", "134217728\n");
  tree.write("sys/fs/cgroup/memory.current", "67108864\n");
  tree.write("sys/fs/cgroup/cpu.max", "50000 100000\n");
  const auto limits = tree.limits();
  CHECK(limits.memory_bytes == 128 * mega);
  CHECK(limits.memory_used == 64 * mega);
  CHECK(limits.cpus == 0.5);
}

TEST_CASE("version 1: huge numbers and a quota of -1 are no limits") {
  const Tree tree;
  tree.write("proc/self/cgroup", "5:memory:/app\n2:cpu,cpuacct:/app\n");
  tree.write("sys/fs/cgroup/memory/memory.limit_in_bytes", "9223372036854771712\n");
  tree.write("sys/fs/cgroup/memory/app/memory.limit_in_bytes", "9223372036854771712\n");
  tree.write("sys/fs/cgroup/cpu,cpuacct/app/cpu.cfs_quota_us", "-1\n");
  tree.write("sys/fs/cgroup/cpu,cpuacct/app/cpu.cfs_period_us", "100000\n");
  const auto limits = tree.limits();
  CHECK(limits.version == "v1");
  CHECK_FALSE(limits.memory_bytes);
  CHECK_FALSE(limits.memory_used);
  CHECK_FALSE(limits.cpus);
}

TEST_CASE("version 1: the limits of the group and of its parents are found") {
  const Tree tree;
  tree.write("proc/self/cgroup", "5:memory:/a/b\n2:cpu,cpuacct:/a/b\n");
  tree.write("sys/fs/cgroup/memory/a/memory.limit_in_bytes", "67108864\n");
  tree.write("sys/fs/cgroup/memory/a/memory.usage_in_bytes", "33554432\n");
  tree.write("sys/fs/cgroup/memory/a/memory.stat", "inactive_file 1\ntotal_inactive_file 1048576\n");
  tree.write("sys/fs/cgroup/memory/a/b/memory.limit_in_bytes", "134217728\n");
  tree.write("sys/fs/cgroup/cpu/a/b/cpu.cfs_quota_us", "200000\n");
  tree.write("sys/fs/cgroup/cpu/a/b/cpu.cfs_period_us", "100000\n");
  const auto limits = tree.limits();
  CHECK(limits.memory_bytes == 64 * mega);
  CHECK(limits.memory_used == 31 * mega);
  CHECK(limits.cpus == 2.0);
}

TEST_CASE("hybrid: controllers of either version are found") {
  const Tree tree;
  tree.write("proc/self/cgroup", "4:memory:/app\n1:cpu:/\n0::/app\n");
  tree.write("sys/fs/cgroup/memory/app/memory.limit_in_bytes", "67108864\n");
  tree.write("sys/fs/cgroup/unified/app/cpu.max", "25000 100000\n");
  const auto limits = tree.limits();
  CHECK(limits.version == "hybrid");
  CHECK(limits.memory_bytes == 64 * mega);
  CHECK(limits.cpus == 0.25);
}

TEST_CASE("a system without groups has no limits") {
  const Tree tree;
  CHECK(tree.limits().version == "none");
  tree.write("proc/self/cgroup", "0::/\n");
  CHECK(tree.limits().version == "none");
}

TEST_CASE("controllers that share a line share its path") {
  const auto paths = parse_cgroup_paths("3:cpu,cpuacct:/x\n1:name=systemd:/y:z\n0::/w\nbroken\n");
  CHECK(paths.at("cpu") == "/x");
  CHECK(paths.at("cpuacct") == "/x");
  CHECK(paths.at("name=systemd") == "/y:z");
  CHECK(paths.at("") == "/w");
  CHECK(paths.size() == 4);
}

}  // namespace tomada::system

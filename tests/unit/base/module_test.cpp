#include "core/base/module.hpp"

#include <catch2/catch.hpp>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <memory>

namespace tomada {
namespace {

using Greet = std::unique_ptr<std::string>(const std::string& name);

// A folder of its own that is gone with the test.
class Folder final {
 public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "modules.XXXXXX").string();
    path_ = ::mkdtemp(name.data());
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;

  [[nodiscard]] const std::string& path() const noexcept { return path_; }

 private:
  std::string path_;
};

}  // namespace

TEST_CASE("a module makes what it is there for, as often as it is asked") {
  for (int time = 0; time < 2; ++time) {
    const auto greet = load_module<Greet>(TOMADA_TEST_MODULES, "greeting");
    REQUIRE(greet);
    CHECK(*(*greet)("Ana") == "hello, Ana");
  }
}

TEST_CASE("a module that is not installed says so, with its place and what to do") {
  const Folder empty;
  const auto greet = load_module<Greet>(empty.path(), "greeting");
  REQUIRE_FALSE(greet);
  CHECK(greet.error().code == ErrorCode::system);
  CHECK(greet.error().message == "the module \"greeting\" is not installed");
  CHECK(greet.error().where == empty.path() + "/greeting.so");
  CHECK_FALSE(greet.error().hint.empty());
}

TEST_CASE("what is no module is refused, and so is a module that makes something else") {
  const Folder folder;
  std::ofstream{folder.path() + "/greeting.so"} << "not a shared object";
  const auto damaged = load_module<Greet>(folder.path(), "greeting");
  REQUIRE_FALSE(damaged);
  CHECK(damaged.error().message.find("cannot be loaded") != std::string::npos);

  std::filesystem::copy_file(std::string{TOMADA_TEST_MODULES} + "/greeting.so", folder.path() + "/farewell.so");
  const auto misnamed = load_module<Greet>(folder.path(), "farewell");
  REQUIRE_FALSE(misnamed);
  CHECK(misnamed.error().message.find("no entry of that name") != std::string::npos);

  const auto other = load_module<int(int)>(TOMADA_TEST_MODULES, "greeting");
  REQUIRE_FALSE(other);
  CHECK(other.error().hint == "install both from one build");
}

}  // namespace tomada

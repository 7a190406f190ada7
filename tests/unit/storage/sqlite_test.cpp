// What only the store on disk must stand: other processes, damage, and being killed at any moment.
#include "core/storage/store.hpp"
#include "tests/support/manual_clock.hpp"
#include "tests/unit/storage/support.hpp"

#include <catch2/catch.hpp>

#include <csignal>
#include <cstdlib>
#include <fstream>
#include <random>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using tomada::Error;
using tomada::ErrorCode;
using tomada::storage::open_sqlite;
using tomada::storage::test::Folder;
using tomada::storage::test::ok;
namespace filesystem = std::filesystem;

namespace {

int rounds_of_proof(int quick) {
  const char* wish = std::getenv("TOMADA_PROOF");
  const int wished = wish ? std::atoi(wish) : 0;
  return wished > quick ? wished : quick;
}

void damage(const std::string& path, std::streamoff from, std::size_t bytes) {
  std::fstream file{path, std::ios::in | std::ios::out | std::ios::binary};
  file.seekp(from);
  file << std::string(bytes, '\x5a');
}

std::vector<std::string> files_with(const Folder& folder, std::string_view part) {
  std::vector<std::string> out;
  for (const auto& entry : filesystem::directory_iterator{folder.path()}) {
    const std::string name = entry.path().filename().string();
    if (name.find(part) != std::string::npos) out.push_back(name);
  }
  return out;
}

// No file of this process grows beyond 64 KiB: what a full disk looks like, also to root.
class FullDisk final {
 public:
  FullDisk() {
    ::getrlimit(RLIMIT_FSIZE, &before_);
    rlimit tight = before_;
    tight.rlim_cur = 65'536;
    ::setrlimit(RLIMIT_FSIZE, &tight);
  }
  ~FullDisk() {
    relieve();
    std::signal(SIGXFSZ, signal_before_);
  }
  FullDisk(const FullDisk&) = delete;
  FullDisk& operator=(const FullDisk&) = delete;
  void relieve() const { ::setrlimit(RLIMIT_FSIZE, &before_); }

 private:
  rlimit before_{};
  void (*signal_before_)(int) = std::signal(SIGXFSZ, SIG_IGN);
};

// Acknowledges each put with its number on the pipe, until it is killed.
[[noreturn]] void put_until_killed(const std::string& path, int round, int acknowledgements) {
  const tomada::SystemClock clock;
  const auto store = open_sqlite(path, clock);
  if (!store) _exit(3);
  for (int i = 0;; ++i) {
    const std::string key = std::to_string(round) + "/" + std::to_string(i);
    if (!(*store)->put("rules", key, key)) _exit(4);
    if (::write(acknowledgements, &i, sizeof i) != sizeof i) _exit(5);
  }
}

}  // namespace

TEST_CASE("Records outlive the process that put them") {
  const Folder folder;
  const tomada::test::ManualClock clock;
  REQUIRE(ok(open_sqlite(folder.file("state.db"), clock).value()->put("rules", "one", "1")));
  const auto again = open_sqlite(folder.file("state.db"), clock).value();
  CHECK(again->get("rules", "one").value() == "1");
}

TEST_CASE("Only its owner may read the store's files") {
  const Folder folder;
  const tomada::test::ManualClock clock;
  std::ofstream{folder.file("state.db")}.close();
  filesystem::permissions(folder.file("state.db"), filesystem::perms{0644});
  const auto store = open_sqlite(folder.file("state.db"), clock).value();
  REQUIRE(ok(store->put("rules", "one", "1")));
  for (const auto& entry : filesystem::directory_iterator{folder.path()}) {
    INFO(entry.path());
    CHECK((entry.status().permissions() & filesystem::perms{0777}) == filesystem::perms{0600});
  }
}

TEST_CASE("Two stores on one file see each other's changes and versions") {
  const Folder folder;
  const tomada::test::ManualClock clock;
  const auto first = open_sqlite(folder.file("state.db"), clock).value();
  const auto second = open_sqlite(folder.file("state.db"), clock).value();
  const auto before = second->version("rules").value();
  REQUIRE(ok(first->put("rules", "one", "1")));
  CHECK(second->version("rules").value() > before);
  CHECK(second->get("rules", "one").value() == "1");
}

TEST_CASE("A child process's change moves the version that its parent polls") {
  const Folder folder;
  const std::string path = folder.file("state.db");
  const tomada::test::ManualClock clock;
  const pid_t child = ::fork();
  if (child == 0) {
    const auto store = open_sqlite(path, clock);
    _exit(store && (*store)->put("rules", "one", "1") ? 0 : 1);
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  REQUIRE(status == 0);
  const auto store = open_sqlite(path, clock).value();
  CHECK(store->version("rules").value() == 1);
}

TEST_CASE("A file that is no database is moved aside, told, and a new one begins") {
  const Folder folder;
  const tomada::test::ManualClock clock;
  std::ofstream{folder.file("state.db")} << std::string(8192, 'x');
  std::vector<Error> told;
  const auto store = open_sqlite(folder.file("state.db"), clock, [&](const Error& error) { told.push_back(error); });
  REQUIRE(ok(store));
  REQUIRE(told.size() == 1);
  CHECK(told[0].where == folder.file("state.db"));
  CHECK(told[0].hint.find("state.db.corrupt-20261014T174640Z") != std::string::npos);
  CHECK(filesystem::file_size(folder.file("state.db.corrupt-20261014T174640Z")) == 8192);
  REQUIRE(ok((*store)->put("rules", "one", "1")));
  CHECK((*store)->get("rules", "one").value() == "1");
}

TEST_CASE("Damage in the middle of the file is found when it is opened") {
  const Folder folder;
  const tomada::test::ManualClock clock;
  const std::string path = folder.file("state.db");
  {
    const auto store = open_sqlite(path, clock).value();
    for (int i = 0; i < 200; ++i) REQUIRE(ok(store->put("rules", std::to_string(i), std::string(200, 'r'))));
  }
  damage(path, 8192, filesystem::file_size(path) - 8192);
  int told = 0;
  const auto store = open_sqlite(path, clock, [&](const Error&) { ++told; });
  REQUIRE(ok(store));
  CHECK(told == 1);
  CHECK(files_with(folder, ".corrupt-").size() == 1);
  CHECK(ok((*store)->probe()));
}

TEST_CASE("A store whose file was removed in use begins a new one instead of writing into the void") {
  const Folder folder;
  const tomada::test::ManualClock clock;
  const std::string path = folder.file("state.db");
  const auto store = open_sqlite(path, clock).value();
  REQUIRE(ok(store->put("rules", "one", "1")));
  for (const char* suffix : {"", "-wal", "-shm"}) filesystem::remove(path + suffix);
  REQUIRE(ok(store->put("rules", "two", "2")));
  const auto other = open_sqlite(path, clock).value();
  CHECK(other->get("rules", "two").value() == "2");
}

TEST_CASE("A folder that does not exist is a system error with the path and a next step") {
  const tomada::test::ManualClock clock;
  const auto store = open_sqlite("/nonexistent/folder/state.db", clock);
  REQUIRE(store.has_error());
  CHECK(store.error().code == ErrorCode::system);
  CHECK(store.error().where == "/nonexistent/folder/state.db");
  CHECK(store.error().hint.find("--state") != std::string::npos);
}

TEST_CASE("A folder in the place of the file is refused, not moved aside") {
  const Folder folder;
  const tomada::test::ManualClock clock;
  filesystem::create_directory(folder.file("state.db"));
  const auto store = open_sqlite(folder.file("state.db"), clock);
  REQUIRE(store.has_error());
  CHECK(store.error().code == ErrorCode::system);
  CHECK(filesystem::is_directory(folder.file("state.db")));
}

TEST_CASE("A write that the disk refuses is an error with its mend, and nothing is broken afterwards") {
  const Folder folder;
  tomada::test::ManualClock clock;
  const auto store = open_sqlite(folder.file("state.db"), clock).value();
  REQUIRE(ok(store->put("rules", "one", "1")));
  const FullDisk full;
  const auto refused = store->put("rules", "two", std::string(1 << 20, 'x'));
  REQUIRE(refused.has_error());
  CHECK(refused.error().code == ErrorCode::system);
  CHECK(refused.error().where == folder.file("state.db"));
  CHECK_FALSE(refused.error().hint.empty());
  full.relieve();
  CHECK(store->get("rules", "one").value() == "1");
  CHECK_FALSE(store->get("rules", "two").value());
  CHECK(ok(store->put("rules", "two", std::string(1 << 20, 'x'))));
}

TEST_CASE("Whatever was acknowledged before kill -9 is there afterwards") {
  const Folder folder;
  const std::string path = folder.file("state.db");
  const tomada::SystemClock clock;
  std::mt19937 chance{20261121};
  std::vector<int> acknowledged;
  const int rounds = rounds_of_proof(20);
  for (int round = 0; round < rounds; ++round) {
    int pipe[2];
    REQUIRE(::pipe(pipe) == 0);
    const pid_t child = ::fork();
    if (child == 0) put_until_killed(path, round, pipe[1]);
    ::close(pipe[1]);
    const int kill_after = static_cast<int>(chance() % 30);
    int last = -1;
    while (last < kill_after && ::read(pipe[0], &last, sizeof last) == sizeof last) {
    }
    ::kill(child, SIGKILL);
    for (int more = 0; ::read(pipe[0], &more, sizeof more) == sizeof more;) last = more;  // acknowledged meanwhile
    ::close(pipe[0]);
    int status = 0;
    REQUIRE(::waitpid(child, &status, 0) == child);
    REQUIRE(WIFSIGNALED(status));
    acknowledged.push_back(last);
  }
  int told = 0;
  const auto store = open_sqlite(path, clock, [&](const Error&) { ++told; }).value();
  CHECK(told == 0);
  for (int round = 0; round < rounds; ++round) {
    REQUIRE(acknowledged[static_cast<std::size_t>(round)] >= 0);
    for (int i = 0; i <= acknowledged[static_cast<std::size_t>(round)]; ++i) {
      const std::string key = std::to_string(round) + "/" + std::to_string(i);
      REQUIRE(store->get("rules", key).value() == key);
    }
  }
}

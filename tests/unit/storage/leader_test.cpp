#include "core/storage/leader.hpp"

#include "tests/unit/storage/support.hpp"

#include <catch2/catch.hpp>

#include <csignal>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

using tomada::storage::Leader;
using tomada::storage::test::Folder;

namespace {

// A process that leads (and says so) until it is killed.
pid_t start_leader(const std::string& path) {
  int pipe[2];
  REQUIRE(::pipe(pipe) == 0);
  const pid_t child = ::fork();
  if (child == 0) {
    Leader leader{path};
    const char led = leader.try_lead() ? 'y' : 'n';
    if (::write(pipe[1], &led, 1) != 1) _exit(1);
    for (;;) ::pause();
  }
  char led = 0;
  REQUIRE(::read(pipe[0], &led, 1) == 1);
  ::close(pipe[0]);
  ::close(pipe[1]);
  REQUIRE(led == 'y');
  return child;
}

}  // namespace

TEST_CASE("The first to ask leads and stays the leader") {
  const Folder folder;
  Leader leader{folder.file("leader.lock")};
  CHECK_FALSE(leader.is_leading());
  CHECK(leader.try_lead());
  CHECK(leader.try_lead());
  CHECK(leader.is_leading());
}

TEST_CASE("A second one leads only after the first is gone") {
  const Folder folder;
  Leader second{folder.file("leader.lock")};
  {
    Leader first{folder.file("leader.lock")};
    REQUIRE(first.try_lead());
    CHECK_FALSE(second.try_lead());
    CHECK_FALSE(second.is_leading());
  }
  CHECK(second.try_lead());
}

TEST_CASE("Another process's leadership ends with kill -9") {
  const Folder folder;
  Leader here{folder.file("leader.lock")};
  const pid_t child = start_leader(folder.file("leader.lock"));
  CHECK_FALSE(here.try_lead());
  ::kill(child, SIGKILL);
  REQUIRE(::waitpid(child, nullptr, 0) == child);
  CHECK(here.try_lead());
}

TEST_CASE("A leader whose lock file was deleted competes for the new one") {
  const Folder folder;
  const std::string path = folder.file("leader.lock");
  Leader first{path}, second{path};
  REQUIRE(first.try_lead());
  std::filesystem::remove(path);
  CHECK(second.try_lead());
  CHECK_FALSE(first.try_lead());
  CHECK_FALSE(first.is_leading());
}

TEST_CASE("Without a folder for the lock nobody leads") {
  Leader leader{"/nonexistent/folder/leader.lock"};
  CHECK_FALSE(leader.try_lead());
}

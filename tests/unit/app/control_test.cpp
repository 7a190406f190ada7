#include "core/app/control.hpp"

#include "core/json/writer.hpp"
#include "tests/unit/storage/support.hpp"

#include <catch2/catch.hpp>

#include <fcntl.h>
#include <filesystem>
#include <fstream>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

using namespace tomada;
using app::ask_servers;
using app::Control;

namespace {

std::unique_ptr<Control> opened(const std::string& folder, const std::string& name, int says) {
  auto out = Control::open(folder, name, {{"count", [says] { return json::object{{"count", says}}; }}});
  REQUIRE(storage::test::ok(out));
  return std::move(*out);
}

// What whoever connects may send.
void send_raw(const std::string& path, std::string_view bytes) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  path.copy(address.sun_path, sizeof address.sun_path - 1);
  const int connection = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  REQUIRE(::connect(connection, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
  (void)::send(connection, bytes.data(), bytes.size(), MSG_NOSIGNAL);
  ::shutdown(connection, SHUT_WR);
  char answer[256];
  while (::recv(connection, answer, sizeof answer, 0) > 0) {
  }
  ::close(connection);
}

}  // namespace

TEST_CASE("every running server answers a command, each for itself") {
  const storage::test::Folder folder;
  const auto one = opened(folder.path(), "one", 1);
  const auto two = opened(folder.path(), "two", 2);
  const auto answers = ask_servers(folder.path(), "count");
  REQUIRE(answers.size() == 2);
  CHECK(answers.at("one")->at("count") == 1);
  CHECK(answers.at("two")->at("count") == 2);
}

TEST_CASE("only the owner may open the socket, and it goes with its server") {
  const storage::test::Folder folder;
  auto one = opened(folder.path(), "one", 1);
  struct stat found {};
  REQUIRE(::stat(folder.file("one.sock").c_str(), &found) == 0);
  CHECK((found.st_mode & 0777) == 0600);
  one.reset();
  CHECK_FALSE(std::filesystem::exists(folder.file("one.sock")));
  CHECK(ask_servers(folder.path(), "count").empty());
  CHECK(ask_servers(folder.file("nowhere"), "count").empty());
}

TEST_CASE("what a killed server left behind is removed") {
  const storage::test::Folder folder;
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  folder.file("dead.sock").copy(address.sun_path, sizeof address.sun_path - 1);
  const int listener = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
  REQUIRE(::bind(listener, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
  ::close(listener);
  CHECK(ask_servers(folder.path(), "count").empty());
  CHECK_FALSE(std::filesystem::exists(folder.file("dead.sock")));
}

TEST_CASE("a state folder with a long name serves commands as well") {
  const storage::test::Folder folder;
  const auto deep = folder.file(std::string(100, 'a')) + "/" + std::string(100, 'b');
  std::filesystem::create_directories(deep);
  const auto one = opened(deep, "one", 1);
  CHECK(ask_servers(deep, "count").at("one")->at("count") == 1);
}

TEST_CASE("an unknown command is refused with words, and nonsense harms nobody") {
  const storage::test::Folder folder;
  const auto one = opened(folder.path(), "one", 1);
  const auto refused = ask_servers(folder.path(), "make coffee");
  REQUIRE_FALSE(refused.at("one").has_value());
  CHECK(refused.at("one").error().message == "this server knows no such command");
  for (const std::string_view bytes : {"", "\n", "{\n", "[]\n",
                                       R"({"command":7})"
                                       "\n",
                                       R"({"command":"count")", "\xff\xfe\n"}) {
    send_raw(folder.file("one.sock"), bytes);
  }
  CHECK(ask_servers(folder.path(), "count").at("one")->at("count") == 1);
}

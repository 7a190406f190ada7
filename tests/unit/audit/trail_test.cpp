#include "core/audit/trail.hpp"

#include "core/json/writer.hpp"
#include "tests/support/manual_clock.hpp"

#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <stdexcept>
#include <sys/stat.h>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>

using namespace tomada;
using audit::Ending;
using audit::Intent;
using audit::Trail;

namespace {

std::string own_folder() {
  auto name = (std::filesystem::temp_directory_path() / "tomada-audit-XXXXXX").string();
  if (!::mkdtemp(name.data())) throw std::runtime_error("no temporary folder");
  return name;
}

struct Desk {
  ~Desk() { std::filesystem::remove_all(folder); }
  [[nodiscard]] std::string contents() const { return of("/audit.jsonl"); }
  [[nodiscard]] std::string of(const std::string& name) const {
    std::ifstream in{folder + name};
    return {std::istreambuf_iterator<char>{in}, {}};
  }
  void append(const std::string& bytes) const { std::ofstream{folder + "/audit.jsonl", std::ios::app} << bytes; }

  const std::string folder = own_folder();
  test::ManualClock clock;
  metrics::Registry metrics;
  log::Logger log{{log::Level::info, folder + "/log"}, clock, metrics};
};

Intent payable(const std::string& seed = "1", const std::string& amount = "10.50") {
  Intent out{"erp", "erp_create_payable", "ana", "aurora", "0123456789abcdef0123456789abcdef", {}, {}};
  out.key = Trail::key(out, seed);
  out.arguments = json::object{{"amount", amount}, {"document", "NF 1 – São João"}};
  return out;
}

}  // namespace

TEST_CASE("audit: an intent is on the disk with who, what, when and which key before anything is sent", "[audit]") {
  Desk desk;
  Trail trail{desk.folder, desk.clock, desk.log};
  REQUIRE(trail.begin(payable()).has_value());
  const auto reading = trail.read();
  REQUIRE(reading.has_value());
  REQUIRE(reading->records.size() == 1);
  const auto& line = reading->records[0].line;
  CHECK(line.at("subject") == "ana");
  CHECK(line.at("tenant") == "aurora");
  CHECK(line.at("tool") == "erp_create_payable");
  CHECK(line.at("key") == json::key(payable().key));
  CHECK(line.at("at").as_string().starts_with("2026-10-14T17:46:40"));
  CHECK(line.at("arguments").at("document") == "NF 1 – São João");
  CHECK(line.at("correlation") == "0123456789abcdef0123456789abcdef");
  struct stat found {};
  REQUIRE(::stat((desk.folder + "/audit.jsonl").c_str(), &found) == 0);
  CHECK((found.st_mode & 0777) == 0600);
}

TEST_CASE("audit: what came of a key is known to another process, and what is still open, too", "[audit]") {
  Desk desk;
  Trail trail{desk.folder, desk.clock, desk.log}, other{desk.folder, desk.clock, desk.log};
  CHECK_FALSE(other.find(payable())->has_value());
  const auto id = trail.begin(payable());
  REQUIRE(id.has_value());
  CHECK((*other.find(payable()))->state == "open");
  REQUIRE(trail.end(*id, Ending::done, {{"id", "77"}}).has_value());
  const auto earlier = *other.find(payable());
  CHECK(earlier->state == "done");
  CHECK(earlier->facts.at("id") == "77");
  CHECK(earlier->is_same);
  CHECK_FALSE((*other.find(payable("1", "11.00")))->is_same);
  CHECK_FALSE(other.find(payable("2"))->has_value());
}

TEST_CASE("audit: one attempt that was done counts before all others of its key", "[audit]") {
  Desk desk;
  Trail trail{desk.folder, desk.clock, desk.log};
  const auto first = trail.begin(payable()), second = trail.begin(payable());
  REQUIRE(trail.end(*first, Ending::done, {{"id", "77"}}).has_value());
  REQUIRE(trail.end(*second, Ending::unknown, {}).has_value());
  CHECK((*trail.find(payable()))->state == "done");
}

TEST_CASE("audit: half a line at the end is skipped and said, and what comes after it is whole", "[audit]") {
  Desk desk;
  Trail trail{desk.folder, desk.clock, desk.log};
  REQUIRE(trail.begin(payable("1")).has_value());
  desk.append(R"({"at":"2026-10-14T17:46:41Z","record":"intent","id":"ab)");
  CHECK((*trail.find(payable("1")))->state == "open");
  CHECK(desk.of("/log").find("half a line") != std::string::npos);
  const auto id = trail.begin(payable("2"));
  REQUIRE(id.has_value());
  REQUIRE(trail.end(*id, Ending::refused, {{"message", "no"}}).has_value());
  const auto reading = trail.read();
  CHECK(reading->records.size() == 3);
  CHECK(reading->unreadable == 1);
  CHECK((*trail.find(payable("2")))->state == "refused");
}

TEST_CASE("audit: what was noted survives a process that is killed at once", "[audit]") {
  Desk desk;
  const auto child = ::fork();
  if (child == 0) {
    Trail trail{desk.folder, desk.clock, desk.log};
    if (trail.begin(payable())) ::raise(SIGKILL);
    ::_exit(1);
  }
  int status = 0;
  REQUIRE(::waitpid(child, &status, 0) == child);
  REQUIRE(WIFSIGNALED(status));
  Trail trail{desk.folder, desk.clock, desk.log};
  CHECK((*trail.find(payable()))->state == "open");
}

TEST_CASE("audit: a full file is put aside, keys in it are still known, and the oldest leaves in the end", "[audit]") {
  Desk desk;
  Trail trail{desk.folder, desk.clock, desk.log, {2'000, 3}};
  const auto first = trail.begin(payable("first"));
  REQUIRE(trail.end(*first, Ending::done, {{"id", "1"}}).has_value());
  for (int i = 0; i < 6; ++i) REQUIRE(trail.begin(payable(std::to_string(i))).has_value());
  CHECK(std::filesystem::exists(desk.folder + "/audit-0000000001.jsonl"));
  CHECK((*trail.find(payable("first")))->state == "done");
  for (int i = 0; i < 60; ++i) REQUIRE(trail.begin(payable(std::to_string(i))).has_value());
  std::uintmax_t bytes = 0;
  int files = 0;
  for (const auto& entry : std::filesystem::directory_iterator{desk.folder}) {
    if (entry.path().extension() != ".jsonl") continue;
    bytes += entry.file_size();
    ++files;
  }
  CHECK(files == 3);
  CHECK(bytes <= 6'000);
  CHECK_FALSE(trail.find(payable("first"))->has_value());
}

TEST_CASE("audit: secrets that the log hides are hidden here", "[audit]") {
  Desk desk;
  desk.log.hide("canary-5f3a");
  Trail trail{desk.folder, desk.clock, desk.log};
  auto intent = payable();
  intent.arguments["note"] = "the key is canary-5f3a";
  const auto id = trail.begin(intent);
  REQUIRE(trail.end(*id, Ending::refused, {{"message", "canary-5f3a was refused"}}).has_value());
  CHECK(desk.contents().find("canary") == std::string::npos);
  CHECK((*trail.find(intent))->is_same);
}

TEST_CASE("audit: many threads write whole lines", "[audit]") {
  Desk desk;
  Trail trail{desk.folder, desk.clock, desk.log, {8'000, 1'000}};
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&trail] {
      for (int n = 0; n < 25; ++n) (void)trail.begin(payable());
    });
  }
  for (auto& thread : threads) thread.join();
  const auto reading = trail.read();
  CHECK(reading->records.size() == 100);
  CHECK(reading->unreadable == 0);
}

TEST_CASE("audit: what cannot be written is an error that names the file", "[audit]") {
  Desk desk;
  Trail trail{desk.folder + "/gone", desk.clock, desk.log};
  const auto begun = trail.begin(payable());
  REQUIRE_FALSE(begun.has_value());
  CHECK(begun.error().text().find("audit.jsonl") != std::string::npos);
}

TEST_CASE("audit: a key is another one for another person, tenant, tool or seed", "[audit]") {
  std::set<std::string> keys{payable().key};
  auto of = [&keys](Intent intent, const char* seed) { keys.insert(Trail::key(intent, seed)); };
  auto other = payable();
  of(other, "2");
  other.subject = "bia";
  of(other, "1");
  other = payable();
  other.tenant = "outra";
  of(other, "1");
  other = payable();
  other.tool = "erp_create_receivable";
  of(other, "1");
  CHECK(keys.size() == 5);
  CHECK(keys.begin()->size() == 20);
}

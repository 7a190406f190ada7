#include "core/auth/seal.hpp"

#include "tests/support/manual_clock.hpp"

#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>
#include <sys/stat.h>
#include <thread>
#include <unistd.h>

using namespace tomada;
using auth::Seal;
using auth::SealKey;

namespace {

SealKey key(unsigned char first) {
  SealKey out{};
  out[0] = first;
  return out;
}

struct Folder {
  Folder() {
    std::string pattern = (std::filesystem::temp_directory_path() / "tomada-seal-XXXXXX").string();
    path = ::mkdtemp(pattern.data());
  }
  ~Folder() { std::filesystem::remove_all(path); }
  std::string path;
};

}  // namespace

TEST_CASE("what was sealed opens for the same binding, within its time") {
  test::ManualClock clock;
  const Seal seal{key(1), clock, Milliseconds{600'000}};
  const auto sealed = seal.close("step 1", "ana|erp_order|{}");
  CHECK(seal.open(sealed, "ana|erp_order|{}") == "step 1");
  CHECK(seal.open(seal.close("", "x"), "x") == "");
  CHECK_FALSE(seal.open(sealed, "bia|erp_order|{}"));
  CHECK_FALSE(Seal(key(2), clock, Milliseconds{600'000}).open(sealed, "ana|erp_order|{}"));
  clock.advance(Milliseconds{599'000});
  CHECK(seal.open(sealed, "ana|erp_order|{}"));
  clock.advance(Milliseconds{2'000});
  CHECK_FALSE(seal.open(sealed, "ana|erp_order|{}"));
}

TEST_CASE("no single changed character opens, and nothing of the text shows") {
  test::ManualClock clock;
  const Seal seal{key(1), clock, Milliseconds{600'000}};
  const auto sealed = seal.close("the customer's secret", "b");
  CHECK(sealed.find("secret") == std::string::npos);
  CHECK(seal.close("the customer's secret", "b") != sealed);
  for (std::size_t at = 0; at < sealed.size(); ++at) {
    auto changed = sealed;
    changed[at] = changed[at] == 'A' ? 'B' : 'A';
    CHECK_FALSE(seal.open(changed, "b"));
  }
  for (const auto* junk : {"", "A", "AAAA", "not base64!", "AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}) {
    CHECK_FALSE(seal.open(junk, "b"));
  }
}

TEST_CASE("while keys rotate the newest seals and those before it still open") {
  test::ManualClock clock;
  constexpr Milliseconds time{600'000};
  const Seal before{key(1), clock, time};
  Seal rotated{key(1), clock, time};
  const auto old = before.close("step 1", "b");
  rotated.use({key(2), key(1)});
  CHECK(rotated.open(old, "b") == "step 1");
  CHECK_FALSE(rotated.open(old, "c"));
  CHECK_FALSE(before.open(rotated.close("step 2", "b"), "b"));
  CHECK(Seal(key(2), clock, time).open(rotated.close("step 2", "b"), "b") == "step 2");
  rotated.use({key(2)});
  CHECK_FALSE(rotated.open(old, "b"));
}

TEST_CASE("a key that is written as text is the same everywhere, and another for another text") {
  const std::string text(32, 'x');
  CHECK(auth::seal_key_of(text) == auth::seal_key_of(text));
  CHECK(auth::seal_key_of(text) != auth::seal_key_of(text + "x"));
}

TEST_CASE("the key is made once and private, also when many ask at the same moment") {
  const Folder folder;
  const auto path = folder.path + "/seal.key";
  std::vector<SealKey> keys(8);
  std::vector<std::thread> askers;
  for (auto& out : keys) askers.emplace_back([&out, &path] { out = auth::seal_key_in(path).value(); });
  for (auto& asker : askers) asker.join();
  for (const auto& each : keys) CHECK(each == keys[0]);
  CHECK(keys[0] != SealKey{});
  struct stat status {};
  REQUIRE(::stat(path.c_str(), &status) == 0);
  CHECK((status.st_mode & 0777) == 0600);
}

TEST_CASE("a file that is no key is an error that names it") {
  const Folder folder;
  const auto path = folder.path + "/seal.key";
  std::ofstream{path} << "short";
  const auto refused = auth::seal_key_in(path);
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().text().find(path) != std::string::npos);
  CHECK_FALSE(auth::seal_key_in("/nonexistent/seal.key").has_value());
}

// What lies under a plugin's name may be anything: half a copy, another machine's, a folder.
#include "core/plugin/library.hpp"

#include "core/plugin/trial.hpp"

#include <catch2/catch.hpp>

#include <algorithm>
#include <elf.h>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <link.h>
#include <string>
#include <unistd.h>

using namespace tomada;
using plugin::Library;

namespace {

namespace fs = std::filesystem;

struct Folder {  // of this process, gone with the test
  Folder() { fs::create_directories(path); }
  ~Folder() { fs::remove_all(path); }
  std::string write(const std::string& name, std::string_view bytes) const {
    std::ofstream{path / name, std::ios::binary} << bytes;
    return path / name;
  }
  const fs::path path = fs::temp_directory_path() / ("tomada-library-" + std::to_string(getpid()));
};

std::string read(const std::string& name) {
  std::ifstream file{fs::path{TOMADA_TEST_PLUGINS} / name, std::ios::binary};
  return {std::istreambuf_iterator<char>{file}, {}};
}

ElfW(Ehdr) & header(std::string& bytes) { return *reinterpret_cast<ElfW(Ehdr)*>(bytes.data()); }

// How much of it the dynamic loader maps; what follows is for debuggers.
std::size_t mapped_size(const std::string& bytes) {
  const auto& header = *reinterpret_cast<const ElfW(Ehdr)*>(bytes.data());
  const auto* segments = reinterpret_cast<const ElfW(Phdr)*>(bytes.data() + header.e_phoff);
  std::size_t end = 0;
  for (int i = 0; i < header.e_phnum; ++i)
    end = std::max<std::size_t>(end, segments[i].p_offset + segments[i].p_filesz);
  return end;
}

std::string refusal(const std::string& path) {
  const auto opened = Library::open(path);
  return opened ? "" : opened.error().text();
}

bool mentions(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("a shared object that was cut short anywhere is refused, and a whole one opens") {
  const Folder folder;
  for (const std::string name : {"right_one.so", "conduct.so"}) {
    const auto whole = read(name);
    const auto mapped = mapped_size(whole);
    REQUIRE(mapped > 8000);
    const auto cut_to = [&](std::size_t size) {
      return refusal(folder.write("cut.so", std::string_view{whole}.substr(0, size)));
    };
    for (std::size_t size = 0; size < mapped; size += size < 1024 ? 16 : 509) {
      INFO(name << " cut to " << size);
      CHECK(mentions(cut_to(size), "it is no shared object"));
    }
    CHECK(mentions(cut_to(mapped - 1), "it was cut short"));
    CHECK(cut_to(mapped).empty());
    CHECK(refusal(folder.write("cut.so", whole)).empty());
  }
}

TEST_CASE("a shared object of another machine or kind is refused with the reason") {
  const Folder folder;
  const auto whole = read("right_one.so");
  auto other_machine = whole, program = whole, other_width = whole, far_headers = whole, huge_headers = whole;
  header(other_machine).e_machine = EM_SPARC;
  header(program).e_type = ET_REL;
  header(other_width).e_ident[EI_CLASS] = ELFCLASSNONE;
  header(far_headers).e_phoff = ~ElfW(Off){0} - 8;
  header(huge_headers).e_phnum = 0xffff;
  CHECK(mentions(refusal(folder.write("a.so", other_machine)), "it was built for another kind of machine"));
  CHECK(mentions(refusal(folder.write("b.so", program)), "it is no shared object"));
  CHECK(mentions(refusal(folder.write("c.so", other_width)), "it was built for another kind of machine"));
  CHECK(mentions(refusal(folder.write("d.so", far_headers)), "cut short"));
  CHECK(mentions(refusal(folder.write("e.so", huge_headers)), "cut short"));
}

TEST_CASE("what is no file is refused without waiting for it") {
  const Folder folder;
  fs::create_directory(folder.path / "folder.so");
  CHECK(mentions(refusal(folder.path / "folder.so"), "it is no regular file"));
  CHECK(mentions(refusal(folder.path / "absent.so"), "it cannot be read"));
}

TEST_CASE("a shared object whose opening never ends is given up") {
  const auto path = (fs::path{TOMADA_TEST_PLUGINS} / "initialiser_hangs.so").string();
  const auto tried = plugin::try_open(path, Milliseconds{50});
  REQUIRE_FALSE(tried);
  CHECK(tried.error().message == "opening it does not come to an end");
  CHECK(plugin::try_open((fs::path{TOMADA_TEST_PLUGINS} / "right_one.so").string(), Milliseconds{60'000}));
}

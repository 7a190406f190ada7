#include "core/plugin/object_file.hpp"

#include "core/base/text.hpp"

#include <cerrno>
#include <cstdint>
#include <cstring>
#include <elf.h>
#include <fcntl.h>
#include <link.h>
#include <sys/stat.h>
#include <system_error>
#include <unistd.h>
#include <utility>
#include <vector>

namespace tomada::plugin {
namespace {

using Header = ElfW(Ehdr);
using Segment = ElfW(Phdr);

#if defined(__x86_64__)
constexpr unsigned this_machine = EM_X86_64;
#elif defined(__aarch64__)
constexpr unsigned this_machine = EM_AARCH64;
#else
constexpr unsigned this_machine = EM_NONE;  // the dynamic loader decides
#endif
constexpr unsigned this_class = sizeof(void*) == 8 ? ELFCLASS64 : ELFCLASS32;

Error refusal(std::string message) {
  return failure(ErrorCode::tool, std::move(message), {},
                 "copy it again, or build it for this machine with tomada_add_plugin (plugins/README.md)");
}

struct File {
  explicit File(const std::string& path) : descriptor{::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK)} {}
  ~File() {
    if (descriptor >= 0) ::close(descriptor);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;

  [[nodiscard]] bool read(void* into, std::size_t size, std::uint64_t at) const {
    return ::pread(descriptor, into, size, static_cast<off_t>(at)) == static_cast<ssize_t>(size);
  }
  const int descriptor;
};

// Whether `length` bytes from `begin` lie within `size`, without a sum that could overflow.
bool lies_within(std::uint64_t begin, std::uint64_t length, std::uint64_t size) {
  return begin <= size && length <= size - begin;
}

Result<void> check_header(const Header& header) {
  if (std::memcmp(header.e_ident, ELFMAG, SELFMAG) != 0) return refusal("it is no shared object");
  const bool is_ours =
      header.e_ident[EI_CLASS] == this_class && (this_machine == EM_NONE || header.e_machine == this_machine);
  if (!is_ours) return refusal("it was built for another kind of machine");
  if (header.e_type != ET_DYN || header.e_phentsize != sizeof(Segment)) return refusal("it is no shared object");
  return {};
}

Result<void> check_segments(const File& file, const Header& header, std::uint64_t size) {
  const auto cut_short = [] { return refusal("it is no shared object that is whole: it was cut short"); };
  const std::uint64_t length = std::uint64_t{header.e_phnum} * sizeof(Segment);
  if (!lies_within(header.e_phoff, length, size)) return cut_short();
  std::vector<Segment> segments(header.e_phnum);
  if (!file.read(segments.data(), length, header.e_phoff)) return cut_short();
  for (const auto& segment : segments) {
    const bool is_read = segment.p_type == PT_LOAD || segment.p_type == PT_DYNAMIC;
    if (is_read && !lies_within(segment.p_offset, segment.p_filesz, size)) return cut_short();
  }
  return {};
}

}  // namespace

Result<void> check_object_file(const std::string& path) {
  const File file{path};
  struct stat about {};
  if (file.descriptor < 0 || ::fstat(file.descriptor, &about) != 0) {
    return refusal(text::concat({"it cannot be read: ", std::generic_category().message(errno)}));
  }
  if (!S_ISREG(about.st_mode)) return refusal("it is no regular file");
  Header header{};
  if (!file.read(&header, sizeof header, 0)) return refusal("it is no shared object");
  if (const auto checked = check_header(header); !checked) return checked.error();
  return check_segments(file, header, static_cast<std::uint64_t>(about.st_size));
}

}  // namespace tomada::plugin

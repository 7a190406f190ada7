// tomada/draft/folder: a folder of one instance's own, beside those of the others.
#include "core/base/text.hpp"
#include "core/services/offer.hpp"
#include <tomada/folder.h>

#include <filesystem>
#include <stdexcept>
#include <sys/stat.h>

namespace tomada::services {
namespace {

constexpr const char* no_folder = "a plugin's folder could not be made";

void make_private(const std::filesystem::path& folder) {
  if (::mkdir(folder.c_str(), S_IRWXU) == 0 || std::filesystem::is_directory(folder)) return;
  throw std::runtime_error(text::concat({folder.native(), " cannot be made"}));
}

bool path_of(const tomada_host* host, void* context, tomada_sink out) {
  const auto& offer = offer_of(host);
  return guarded(offer, no_folder, false, [&] {
    const std::filesystem::path all = offer.reach().folders;
    const auto own = all / offer.instance();
    if (own.parent_path() != all) throw std::runtime_error("the instance's name is no name of a folder");
    make_private(all);
    make_private(own);
    out(context, lend(own.native()));
    return true;
  });
}

}  // namespace

const void* folder_table() noexcept {
  static const tomada_folder table{sizeof table, &path_of};
  return &table;
}

}  // namespace tomada::services

#include "core/plugin/folders.hpp"

#include "core/base/text.hpp"

#include <algorithm>
#include <filesystem>
#include <string_view>
#include <utility>

namespace tomada::plugin {
namespace {

namespace fs = std::filesystem;

bool is_file_name_character(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '-';
}

bool is_file_name(std::string_view name) {
  return !name.empty() && name.front() != '.' && std::all_of(name.begin(), name.end(), is_file_name_character);
}

Error request_error(const InstanceRequest& request, std::string_view message, std::string hint) {
  return failure(ErrorCode::configuration, text::concat({"[plugin.", request.instance, "] ", message}), request.where,
                 std::move(hint));
}

}  // namespace

Result<void> Folders::check() const {
  for (const auto& path : paths_) {
    std::error_code ignored;
    if (fs::is_directory(path, ignored)) continue;
    return failure(ErrorCode::system, "there is no plugin folder " + path, path,
                   "name the folder that holds the plugins with --plugins DIR");
  }
  return {};
}

Result<void> Folders::check_request(const InstanceRequest& request) const {
  if (!is_file_name(request.use)) {
    return request_error(request, text::concat({"use = \"", request.use, "\" is no plugin's name"}),
                         "give the file's name without folder and ending, e.g. \"erp\"");
  }
  if (std::all_of(request.prefix.begin(), request.prefix.end(), is_file_name_character)) return {};
  return request_error(request, text::concat({"prefix = \"", request.prefix, "\" cannot begin a tool's name"}),
                       "use A-Z a-z 0-9 _ . -");
}

Result<std::string> Folders::find(const InstanceRequest& request) const {
  for (const auto& path : paths_) {
    const auto base = (fs::path{path} / request.use).string();
    std::error_code ignored;
    if (fs::exists(base + ".so", ignored)) return base;
  }
  const auto known = names();
  const auto nearest = text::nearest(request.use, known);
  std::string hint = known.empty() ? "the folder holds no plugin" : "there are: " + text::join(known, ", ");
  if (!nearest.empty()) hint = "did you mean \"" + nearest + "\"?";
  return failure(ErrorCode::not_found, text::concat({"there is no ", request.use, ".so in ", text::join(paths_, ", ")}),
                 request.where, hint);
}

std::vector<std::string> Folders::names() const {
  std::vector<std::string> out;
  for (const auto& path : paths_) {
    std::error_code ignored;
    for (const auto& entry : fs::directory_iterator{path, ignored}) {
      if (entry.path().extension() == ".so") out.push_back(entry.path().stem().string());
    }
  }
  std::sort(out.begin(), out.end());
  return out;
}

}  // namespace tomada::plugin

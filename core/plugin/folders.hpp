#pragma once
// Folders: where plugins lie, and how a name becomes a path without leaving them.
#include "core/base/result.hpp"
#include "core/plugin/loader.hpp"

#include <string>
#include <vector>

namespace tomada::plugin {

class Folders final {
 public:
  explicit Folders(std::vector<std::string> paths) : paths_{std::move(paths)} {}

  [[nodiscard]] Result<void> check() const;  // errors: system, names the folder that is missing
  [[nodiscard]] Result<void> check_request(const InstanceRequest& request) const;
  // Errors: configuration: a name or a prefix that cannot be one.
  [[nodiscard]] Result<std::string> find(const InstanceRequest& request) const;
  // The path without its ending; errors: not_found, the hint has the nearest name or all names.

 private:
  [[nodiscard]] std::vector<std::string> names() const;

  std::vector<std::string> paths_;
};

}  // namespace tomada::plugin

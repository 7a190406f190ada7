#pragma once
// Resource: what is read by its URI; or a template, which stands for every URI that fits it.
#include "core/registry/target.hpp"
#include "core/registry/uri_template.hpp"

#include <memory>
#include <optional>
#include <string>

namespace tomada::registry {

struct ResourceDescription : TargetDescription {
  std::string uri;      // of a template: its text
  std::string listing;  // JSON text: the resource as the newest revision lists it, URI included
  std::optional<UriTemplate> uri_template;
  Milliseconds time_to_live{0};  // how long a client may keep what it has read
  bool is_listed = true;         // false: only who knows the URI reads it
  bool is_subscribable = false;
};

class Resource : public Target {  // its answer: {"contents"}
 public:
  [[nodiscard]] const ResourceDescription& description() const noexcept override = 0;
  [[nodiscard]] virtual std::shared_ptr<Target> completer() = 0;  // of a template's variables; null: none
};

}  // namespace tomada::registry

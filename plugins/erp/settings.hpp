#pragma once
// Settings: the instance's section of the configuration, as plugin.json describes it.
#include "date.hpp"

#include <tomada/json.hpp>

#include <optional>
#include <string>

namespace tomada::erp {

struct Settings {
  std::string source = "demo";
  std::string upstream;  // its name in the configuration
  std::string app_key;
  std::string app_secret;
  bool is_compat = false;            // also the predecessor's tools
  bool has_writes = false;           // also the tools that book
  bool has_mirror = true;            // questions over everything are answered from a copy, where the source offers one
  std::int64_t mirror_seconds = 60;  // as long that copy answers without a look at the ERP
  std::optional<Date> today;         // pinned; absent: the host's clock
  std::string demo_file;             // where the demo company's database is written too; empty: nowhere
  sdk::json::object section;         // all of it, for the keys that only one source knows

  [[nodiscard]] std::string text(const char* key) const;  // of the section; empty when absent

  // Throws std::invalid_argument with the key and its mend.
  [[nodiscard]] static Settings from(const sdk::json::object& section);
};

}  // namespace tomada::erp

#pragma once
// ToolLists: tools/list as bytes, shaped per revision; the first page is kept for each kind of principal.
#include "core/protocol/service.hpp"

#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace tomada::protocol {

class ToolLists final {
 public:
  explicit ToolLists(const Service& service) : service_{service} {}

  // "tools":[…], when there is more "nextCursor", and where the revision has them the cache hints. Without the braces
  // around them.
  [[nodiscard]] std::shared_ptr<const std::string> first_page(const Principal& principal, const Revision& revision);
  [[nodiscard]] std::string page_after(std::string_view last_name, const Principal& principal,
                                       const Revision& revision) const;

 private:
  struct Entry {
    const Revision* revision;
    std::string shape;  // the principal's roles: they decide what is listed
    std::shared_ptr<const std::string> page;
  };
  static constexpr std::size_t most_entries = 128;

  [[nodiscard]] std::string write_page(const registry::Catalogue& catalogue, std::string_view last_name,
                                       const Principal& principal, const Revision& revision) const;
  void write_tools(std::string& out, const registry::Catalogue& catalogue, std::string_view last_name,
                   const Principal& principal, const Revision& revision) const;
  void write_cache_hints(std::string& out, const registry::Catalogue& catalogue) const;
  [[nodiscard]] std::shared_ptr<const std::string> find(const Revision& revision, std::string_view shape) const;

  const Service& service_;
  std::mutex mutex_;                                    // guards the two below
  std::weak_ptr<const registry::Catalogue> catalogue_;  // weak: a list must not keep an unloaded plugin's tools alive
  std::vector<Entry> entries_;
};

void write_tool(std::string& out, const registry::ToolDescription& tool, const Revision& revision);

}  // namespace tomada::protocol

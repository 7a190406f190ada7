#pragma once
// List: tools/list and its like for both eras, shaped per revision; the first page is kept for each kind of principal.
#include "core/protocol/listings.hpp"
#include "core/protocol/service.hpp"

#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace tomada::protocol {

class List final {
 public:
  List(const Service& service, const ListKind& kind, const std::string& server_info)
      : service_{service}, kind_{kind}, server_info_{server_info} {}

  void answer(const Request& request);

 private:
  struct Entry {
    const Revision* revision;
    std::string shape;  // the principal's roles: they decide what is listed
    std::shared_ptr<const std::string> page;
  };
  static constexpr std::size_t most_entries = 128;

  // "tools":[…], when there is more "nextCursor", and where the revision has them the cache hints. Without the braces
  // around them.
  [[nodiscard]] std::shared_ptr<const std::string> first_page(const Principal& principal, const Revision& revision);
  [[nodiscard]] std::string write_page(const registry::Catalogue& catalogue, std::string_view last_key,
                                       const Principal& principal, const Revision& revision) const;
  void write_items(std::string& out, const registry::Catalogue& catalogue, std::string_view last_key,
                   const Principal& principal, const Revision& revision) const;
  void write_cache_hints(std::string& out, const registry::Catalogue& catalogue) const;
  [[nodiscard]] std::size_t first_after(std::string_view last_key, const registry::Catalogue& catalogue) const;
  [[nodiscard]] std::shared_ptr<const std::string> find(const Revision& revision, std::string_view shape) const;

  const Service& service_;
  const ListKind& kind_;
  const std::string& server_info_;
  std::mutex mutex_;                                    // guards the two below
  std::weak_ptr<const registry::Catalogue> catalogue_;  // weak: a list must not keep an unloaded plugin's tools alive
  std::vector<Entry> entries_;
};

}  // namespace tomada::protocol

#pragma once
// Directory: partners by their id. The register as it was read, and what was looked up beside it.
#include "omie/register.hpp"

#include <string_view>
#include <vector>

namespace tomada::erp::omie {

class Directory {
 public:
  explicit Directory(Register<Partner>::Copy copy) : register_{std::move(copy)} {}  // sorted by id

  [[nodiscard]] const Provenance& provenance() const noexcept { return register_.provenance; }
  [[nodiscard]] const std::vector<Partner>& listed() const noexcept { return *register_.items; }
  [[nodiscard]] const std::vector<Partner>& looked_up() const noexcept { return looked_up_; }
  [[nodiscard]] bool is_whole() const noexcept { return !register_.provenance.is_truncated || is_found_exactly_; }

  void add(std::vector<Partner> partners);                          // those that are not there yet
  void mark_found_exactly() noexcept { is_found_exactly_ = true; }  // what is looked for was looked up, and all of it
  [[nodiscard]] const Partner* find(std::string_view id) const;
  void name(Counterparty& partner) const;  // leaves what is unknown as it is

 private:
  Register<Partner>::Copy register_;
  std::vector<Partner> looked_up_;
  bool is_found_exactly_ = false;
};

}  // namespace tomada::erp::omie

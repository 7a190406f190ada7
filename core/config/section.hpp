#pragma once
// Section: reads the members of one table into fields; an absent member leaves its field as it is.
#include "core/config/units.hpp"
#include "core/json/value.hpp"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace tomada::config {

class Section final {
 public:
  explicit Section(const json::object* from) : from_{from} {}  // null: nothing is present

  void text(std::string_view key, std::string& out) const {
    if (const auto* found = string(key)) out = json::view(*found);
  }
  void flag(std::string_view key, bool& out) const {
    if (const auto* found = member(key); found && found->is_bool()) out = found->get_bool();
  }
  void count(std::string_view key, std::size_t& out) const {
    if (const auto* found = member(key); found && found->is_int64()) out = static_cast<std::size_t>(found->get_int64());
  }
  void bytes(std::string_view key, std::size_t& out) const {
    count(key, out);
    if (const auto* found = string(key)) out = parse_bytes(json::view(*found)).value_or(out);
  }
  void duration(std::string_view key, Milliseconds& out) const {
    if (const auto* found = string(key)) out = parse_duration(json::view(*found)).value_or(out);
  }
  void list(std::string_view key, std::vector<std::string>& out) const {
    const auto* found = member(key);
    if (!found || !found->is_array()) return;
    out.clear();
    for (const auto& element : found->get_array()) out.emplace_back(json::view(element.as_string()));
  }
  [[nodiscard]] Section section(std::string_view key) const {
    return Section{from_ ? json::find_object(*from_, key) : nullptr};
  }
  void lists(std::map<std::string, std::vector<std::string>, std::less<>>& out) const {  // every list inside, by key
    if (!from_) return;
    for (const auto& inner : *from_) list(std::string_view{inner.key().data(), inner.key().size()}, out[inner.key()]);
  }
  [[nodiscard]] bool has(std::string_view key) const { return member(key) != nullptr; }

  template <class Visit>
  void each(Visit visit) const {  // visit(name, Section, object) for every table inside
    if (!from_) return;
    for (const auto& inner : *from_) {
      const json::object* table = inner.value().if_object();
      if (table) visit(std::string{inner.key()}, Section{table}, *table);
    }
  }

 private:
  [[nodiscard]] const json::value* member(std::string_view key) const {
    return from_ ? json::find(*from_, key) : nullptr;
  }
  [[nodiscard]] const json::string* string(std::string_view key) const {
    return from_ ? json::find_string(*from_, key) : nullptr;
  }

  const json::object* from_;
};

}  // namespace tomada::config

#pragma once
// CallType: what one call is named, where it lives, which tags its request may have, how it pages.
#include <cstddef>
#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace omie_simulator {

struct Tag;
using Tags = std::map<std::string, Tag, std::less<>>;
struct Tag {
  char type = 's';  // s n m b, { object, [ list of objects
  std::size_t most_bytes = 0;
  Tags members;
};

enum class Paging { none, snake, hungarian, purchases };
enum class Beyond { fault_5113, fault_101, empty_list, nothing, first_page };  // what a page past the end answers

struct CallType {
  std::string path, name;
  std::string list;  // the array's key
  Paging paging = Paging::none;
  Beyond beyond = Beyond::fault_5113;
  bool is_heavy = false;  // financial and order lists take their time
  Tags tags;
  bool is_without_records = false;  // the company has none of it
};

// Notation: "s60 a b" are texts of at most 60 bytes, "n" numbers, "m" amounts of money, "b" true or false, "name { … }"
// an object, "name [ … ]" a list of objects, ";" between groups.
[[nodiscard]] Tags read_tags(const std::string& notation);

[[nodiscard]] const std::vector<CallType>& call_types();
[[nodiscard]] const CallType* find_call(std::string_view path, std::string_view name);
[[nodiscard]] bool is_known_path(std::string_view path);

}  // namespace omie_simulator

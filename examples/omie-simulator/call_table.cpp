// The calls this simulator knows; calls_*.cpp have them.
#include "call_table.hpp"

#include "call_rows.hpp"

#include <algorithm>
#include <sstream>

namespace omie_simulator {
namespace {

Tags read_group(std::istringstream& from, const std::string& end) {
  Tags out;
  std::string word, type;
  while (from >> word && word != end) {
    if (word == ";") {
      type.clear();
    } else if (type.empty() && (word.size() == 1 || word.find_first_not_of("0123456789", 1) == std::string::npos)) {
      type = word;
    } else if (!type.empty()) {
      out[word] = Tag{type[0], type.size() > 1 ? std::stoul(type.substr(1)) : 0, {}};
    } else {
      std::string bracket;
      from >> bracket;
      out[word] = Tag{bracket[0], 0, read_group(from, bracket == "{" ? "}" : "]")};
    }
  }
  return out;
}

}  // namespace

Tags read_tags(const std::string& notation) {
  std::istringstream from{notation};
  return read_group(from, "");
}

const std::vector<CallType>& call_types() {
  static const std::vector<CallType> types = [] {
    std::vector<CallType> out;
    for (const auto part : {calls_of_general, calls_of_finance, calls_of_trade, calls_without_records})
      for (const CallRow& row : part())
        out.push_back({row.path, row.name, row.list, row.paging, row.beyond, row.is_heavy, read_tags(row.tags),
                       part == calls_without_records});
    return out;
  }();
  return types;
}

const CallType* find_call(std::string_view path, std::string_view name) {
  const auto& types = call_types();
  const auto found = std::find_if(types.begin(), types.end(),
                                  [&](const auto& type) { return type.path == path && type.name == name; });
  return found == types.end() ? nullptr : &*found;
}

bool is_known_path(std::string_view path) {
  const auto& types = call_types();
  return std::any_of(types.begin(), types.end(), [&](const auto& type) { return type.path == path; });
}

}  // namespace omie_simulator

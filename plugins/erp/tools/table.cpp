#include "tools/table.hpp"

#include <algorithm>
#include <string_view>
#include <utility>
#include <vector>

namespace tomada::erp::tools {
namespace {

namespace json = sdk::json;

std::string_view view(const json::string& text) { return {text.data(), text.size()}; }

bool is_number(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  const auto point = std::min(text.find('.'), text.size());
  const auto digits = [](std::string_view part) {
    return !part.empty() && std::ranges::all_of(part, [](char c) { return c >= '0' && c <= '9'; });
  };
  return digits(text.substr(0, point)) && (point == text.size() || digits(text.substr(point + 1)));
}

std::string cell_of(std::string_view text) {
  std::string out{text};
  constexpr std::string_view formulas = "=+-@\t\r";
  if (!out.empty() && formulas.find(out.front()) != std::string_view::npos && !is_number(out)) out.insert(0, 1, '\'');
  if (out.find_first_of(",\"\r\n") == std::string::npos) return out;
  std::string quoted{'"'};
  for (const char c : out) quoted.append(c == '"' ? 2 : 1, c);
  return quoted + '"';
}

std::string joined(const json::array& list) {
  std::string out;
  for (const auto& each : list) {
    if (!each.is_string()) return sdk::write(json::value(list));
    out.append(out.empty() ? "" : "; ").append(view(each.get_string()));
  }
  return out;
}

std::string cell_of(const json::value* value) {
  if (!value || value->is_null()) return {};
  if (value->is_string()) return cell_of(view(value->get_string()));
  if (value->is_array()) return cell_of(joined(value->get_array()));
  return cell_of(sdk::write(*value));
}

std::vector<std::string> columns_of(const json::array& rows) {
  std::vector<std::string> out;
  for (const auto& row : rows) {
    for (const auto& [key, _] : row.as_object()) {
      if (std::ranges::find(out, std::string_view{key.data(), key.size()}) == out.end()) out.emplace_back(key);
    }
  }
  return out;
}

}  // namespace

Table to_csv(const json::array& rows, std::size_t most_bytes) {
  Table out;
  const auto columns = columns_of(rows);
  for (const auto& column : columns) out.text.append(out.text.empty() ? "" : ",").append(cell_of(column));
  out.text.append("\r\n");
  for (const auto& row : rows) {
    std::string line;
    for (const auto& column : columns) {
      line.append(&column == columns.data() ? "" : ",").append(cell_of(row.get_object().if_contains(column)));
    }
    if (out.text.size() + line.size() + 2 > most_bytes) break;
    out.text.append(line).append("\r\n");
    ++out.rows;
  }
  return out;
}

Table to_json(const json::array& rows, const json::object& about, std::size_t most_bytes) {
  Table out;
  out.text = "{\"items\":[";
  for (const auto& row : rows) {
    const auto line = sdk::write(row);
    if (out.text.size() + line.size() + 1 > most_bytes) break;
    out.text.append(out.rows == 0 ? "\n" : ",\n").append(line);
    ++out.rows;
  }
  const auto rest = sdk::write(about);
  out.text.append("\n]").append(about.empty() ? "" : ",").append(rest.substr(1));
  return out;
}

}  // namespace tomada::erp::tools

#include "core/sql/table.hpp"

#include "core/base/text.hpp"
#include "core/json/writer.hpp"

#include <utility>

namespace tomada::sql {
namespace {

void write_text(std::string& out, std::string_view from) {
  if (text::is_utf8(from)) return json::write_string(out, from);
  json::write_string(out, text::to_utf8(from));
}

void write_cell(std::string& out, const Cell& cell) {
  switch (cell.kind) {
    case Kind::null:
      out += "null";
      break;
    case Kind::integer:
    case Kind::boolean:
      out += cell.text;
      break;
    case Kind::text:
      write_text(out, cell.text);
      break;
  }
}

}  // namespace

void TableWriter::begin() {
  table_ = {};
  excess_ = Excess::none;
}

void TableWriter::columns(const std::vector<Column>& columns) {
  auto& out = table_.columns;
  out = "[";
  for (const auto& column : columns) {
    out += out.size() > 1 ? R"(,{"name":)" : R"({"name":)";
    write_text(out, column.name);
    out += R"(,"type":)";
    write_text(out, column.type);
    out += '}';
  }
  out += ']';
  table_.rows = "[";
}

bool TableWriter::row(const std::vector<Cell>& cells) {
  if (table_.row_count == bounds_.rows) {
    excess_ = Excess::rows;
    return false;
  }
  auto& out = table_.rows;
  out += out.size() > 1 ? ",[" : "[";
  for (std::size_t i = 0; i < cells.size(); ++i) {
    if (i > 0) out += ',';
    write_cell(out, cells[i]);
  }
  out += ']';
  ++table_.row_count;
  if (out.size() <= bounds_.bytes) return true;
  excess_ = Excess::bytes;
  return false;
}

Table TableWriter::finish() && {
  if (table_.columns.empty()) columns({});  // a statement that answers no table
  table_.rows += ']';
  return std::move(table_);
}

}  // namespace tomada::sql

#include "omie/answer.hpp"

#include <utility>

namespace tomada::erp::omie {
namespace {

constexpr std::string_view wait_a_minute = " Try again in a minute; if it stays, see Omie's status page.";

sdk::ToolError without(const Operation& operation, std::string_view field) {
  return sdk::ToolError{"omie answered " + std::string{operation.name} + " without \"" + std::string{field} +
                        "\": what it holds is unknown." + std::string{wait_a_minute}};
}

std::int64_t counter(const Operation& operation, const Record& page, const char* name) {
  const auto number = page.find_number(name);
  if (!number || number->scale() != 0 || number->is_negative()) throw without(operation, name);
  return number->units();
}

}  // namespace

ListPage read_page(const Operation& operation, Reply reply) {
  ListPage out;
  out.provenance = reply.provenance;
  out.is_nothing = reply.is_nothing;
  if (reply.is_nothing) return out;
  const Record page{reply.body};
  out.pages = counter(operation, page, operation.pages_tag());
  out.total = counter(operation, page, operation.total_tag());
  auto* list = reply.body.if_contains(operation.list);
  const bool has_list = list && list->is_array();
  if (!has_list && out.total != 0) throw without(operation, operation.list);
  if (!has_list) return out;
  for (auto& row : list->get_array())
    if (row.is_object()) out.rows.push_back(std::move(row.get_object()));
  return out;
}

std::string id_of(const Operation& operation, const sdk::json::object& row) {
  Record record{row};
  std::string_view path{operation.record};
  for (auto dot = path.find('.'); dot != std::string_view::npos; dot = path.find('.')) {
    record = record.part(path.substr(0, dot));
    path.remove_prefix(dot + 1);
  }
  return record.text(path);
}

sdk::ToolError unreadable(const Operation& operation, const sdk::json::object& row, const FieldError& error) {
  const auto id = id_of(operation, row);
  const std::string path{operation.record}, tag = path.substr(path.rfind('.') + 1);
  const auto which = id.empty() ? "without " + tag : tag + ' ' + id;  // "nCodTitulo 1344090316"
  return sdk::ToolError{"omie answered " + std::string{operation.name} + " with a record (" + which + ") whose " +
                        std::string{error.what()} +
                        "; totals without it would be wrong. Look at that record in Omie, or report this sentence."};
}

}  // namespace tomada::erp::omie

#pragma once
// One slice of what the conditions leave, and how many that is.
#include "sql/books.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace tomada::erp::sql {

// Ids as numbers: 9 comes before 10.
[[nodiscard]] inline std::string by_id(Dialect dialect, const std::string& id, std::string_view direction = {}) {
  return "length(" + id + ")" + std::string{direction} + ", " + bytewise(dialect, id) + std::string{direction};
}

[[nodiscard]] inline std::string cut(Statement& statement, Slice slice) {
  const auto limit = statement.bind(slice.limit), offset = statement.bind(slice.offset);
  return " LIMIT " + limit + " OFFSET " + offset;
}

// make: (Statement&) adds the conditions. order: (Statement&) is the text behind ORDER BY. read: (const Row&) is an
// item.
template <class Item, class Make, class Order, class Read>
void read_page(const Books& books, const Relation& relation, Page<Item>& page, Slice slice, const Request& request,
               Make make, Order order, Read read) {
  Statement count{relation.dialect()};
  make(count);
  const auto from = " FROM " + relation.table() + " AS t";
  books.read(relation, count, "SELECT count(*) AS total" + from + count.conditions(), request, page,
             [&](const Row& row) { page.total = row.count("total"); });
  Statement rows{relation.dialect()};
  make(rows);
  auto sql = "SELECT t.*" + from + rows.conditions() + " ORDER BY " + order(rows);
  sql += cut(rows, slice);
  books.read(relation, rows, sql, request, page, [&](const Row& row) { page.items.push_back(read(row)); });
}

// Everything that the conditions leave, so many rows at a time by rising id: what comes or goes meanwhile makes nothing
// else be skipped or come twice. Rows of one id, should there be several, come in one portion: what may be cut off at a
// portion's end is left to the next. visit: (const Row&); after: () behind each of those portions.
template <class Make, class Visit, class After>
void walk(const Books& books, const Relation& relation, const std::string& from, std::int64_t portion,
          const Request& request, Provenance& provenance, Make make, Visit visit, After after) {
  const auto id = bytewise(relation.dialect(), "t.id");
  const auto select = "SELECT t.*" + from, order = " ORDER BY " + id + " LIMIT ";
  std::string next;  // the id to go on with
  std::int64_t total = 0;
  for (bool is_last = false; !is_last;) {
    Statement rows{relation.dialect()};
    make(rows);
    if (!next.empty()) rows.where(id + " >= " + rows.bind(std::string_view{next}));
    auto sql = select;
    sql.append(rows.conditions()).append(order).append(rows.bind(portion));
    const auto table = books.table(relation, rows, sql, request, provenance);
    const auto row = [&](std::size_t at) { return Row{relation.subject().name, relation.dialect(), table, at}; };
    auto end = table.rows.size();
    is_last = static_cast<std::int64_t>(end) < portion;
    if (!is_last) next = row(end - 1).raw_text("id");
    while (!is_last && end > 0 && row(end - 1).raw_text("id") == next) --end;
    if (!is_last && end == 0) throw relation.too_many_of(next);
    for (std::size_t at = 0; at < end; ++at) visit(row(at));
    after();
    total += static_cast<std::int64_t>(end);
    if (request.call && !is_last)
      request.call->progress(static_cast<double>(total), 0, std::string{relation.subject().name});
  }
}

}  // namespace tomada::erp::sql

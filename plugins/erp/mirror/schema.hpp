#pragma once
// The tables of a mirror. Days are counted from 1970; amounts are decimal text, as exact as the ERP gave them.

namespace tomada::erp::mirror {

inline constexpr int schema_version = 1;

inline constexpr char schema[] = R"sql(
CREATE TABLE notes(key TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE TABLE shelves(name TEXT PRIMARY KEY, pass INTEGER, is_passing INTEGER, done INTEGER, sheet_rows INTEGER, edition INTEGER,
  total INTEGER, excess INTEGER, began_ms INTEGER, passed_ms INTEGER, as_of_ms INTEGER, changed_ms INTEGER,
  anchor_ms INTEGER) WITHOUT ROWID;
CREATE TABLE titles(id TEXT PRIMARY KEY, pass INTEGER NOT NULL, is_receivable INTEGER NOT NULL, partner_id TEXT NOT NULL,
  issued INTEGER NOT NULL, due INTEGER NOT NULL, amount TEXT NOT NULL, paid TEXT NOT NULL, open TEXT NOT NULL,
  settled INTEGER NOT NULL) WITHOUT ROWID;
CREATE INDEX open_titles ON titles(is_receivable, due, partner_id, issued, amount, paid, open, settled)
  WHERE settled = 0;
CREATE TABLE partners(id TEXT PRIMARY KEY, pass INTEGER NOT NULL, name TEXT NOT NULL, trade_name TEXT NOT NULL,
  tax_id TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE orders(id TEXT PRIMARY KEY, pass INTEGER NOT NULL, number TEXT NOT NULL, partner_id TEXT NOT NULL,
  ordered INTEGER NOT NULL, status INTEGER NOT NULL, total TEXT NOT NULL, items TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX orders_by_day ON orders(ordered);
)sql";

}  // namespace tomada::erp::mirror

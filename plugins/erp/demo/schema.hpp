#pragma once
// The tables of the demo company. Suffix _cents: money; dates are ISO text, so that they compare as they read.

namespace tomada::erp::demo {

inline constexpr char schema[] = R"sql(
CREATE TABLE company(name TEXT NOT NULL, tax_id TEXT NOT NULL, opened_on TEXT NOT NULL, today TEXT NOT NULL);
CREATE TABLE partners(id INTEGER PRIMARY KEY, name TEXT NOT NULL, trade_name TEXT NOT NULL, tax_id TEXT NOT NULL UNIQUE,
  city TEXT NOT NULL, state TEXT NOT NULL, email TEXT NOT NULL, phone TEXT NOT NULL,
  is_customer INTEGER NOT NULL, is_supplier INTEGER NOT NULL, is_active INTEGER NOT NULL);
CREATE TABLE categories(code TEXT PRIMARY KEY, description TEXT NOT NULL, kind TEXT NOT NULL, is_group INTEGER NOT NULL,
  is_active INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE departments(code TEXT PRIMARY KEY, structure TEXT NOT NULL, description TEXT NOT NULL,
  is_active INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE products(id INTEGER PRIMARY KEY, code TEXT NOT NULL UNIQUE, description TEXT NOT NULL, unit TEXT NOT NULL,
  price_cents INTEGER NOT NULL, on_hand INTEGER NOT NULL, reserved INTEGER NOT NULL, minimum INTEGER NOT NULL,
  is_active INTEGER NOT NULL);
CREATE TABLE orders(id INTEGER PRIMARY KEY, number INTEGER NOT NULL UNIQUE, partner_id INTEGER NOT NULL REFERENCES partners,
  ordered_on TEXT NOT NULL, expected_on TEXT NOT NULL, status TEXT NOT NULL, total_cents INTEGER NOT NULL);
CREATE TABLE order_items(order_id INTEGER NOT NULL REFERENCES orders, product_id INTEGER NOT NULL REFERENCES products,
  quantity INTEGER NOT NULL, unit_price_cents INTEGER NOT NULL, total_cents INTEGER NOT NULL,
  PRIMARY KEY(order_id, product_id)) WITHOUT ROWID;
CREATE TABLE invoices(number INTEGER PRIMARY KEY, order_id INTEGER NOT NULL UNIQUE REFERENCES orders,
  issued_on TEXT NOT NULL, total_cents INTEGER NOT NULL, is_cancelled INTEGER NOT NULL);
CREATE TABLE titles(id INTEGER PRIMARY KEY, is_receivable INTEGER NOT NULL, document TEXT NOT NULL, installment TEXT NOT NULL,
  partner_id INTEGER NOT NULL REFERENCES partners, order_id INTEGER REFERENCES orders,
  category_code TEXT NOT NULL REFERENCES categories, department_code TEXT NOT NULL REFERENCES departments,
  issued_on TEXT NOT NULL, due_on TEXT NOT NULL, amount_cents INTEGER NOT NULL, paid_cents INTEGER NOT NULL, paid_on TEXT,
  is_cancelled INTEGER NOT NULL);
CREATE TABLE accounts(id INTEGER PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL, bank TEXT NOT NULL,
  opening_cents INTEGER NOT NULL);
CREATE TABLE movements(id INTEGER PRIMARY KEY, account_id INTEGER NOT NULL REFERENCES accounts,
  title_id INTEGER REFERENCES titles, moved_on TEXT NOT NULL, amount_cents INTEGER NOT NULL, note TEXT NOT NULL);
)sql";

// After the rows are in. The status of a title is a question of the day.
inline constexpr char views[] = R"sql(
CREATE INDEX titles_by_due ON titles(is_receivable, due_on);
CREATE VIEW title_states AS SELECT titles.*,
  CASE WHEN is_cancelled THEN 'cancelled' WHEN paid_cents = amount_cents THEN 'paid' WHEN due_on < today THEN 'overdue'
       WHEN paid_cents > 0 THEN 'partial' ELSE 'open' END AS status,
  CASE WHEN is_cancelled THEN 0 ELSE amount_cents - paid_cents END AS open_cents
  FROM titles, company;
CREATE VIEW balances AS SELECT accounts.id, accounts.name, kind, bank,
  opening_cents + coalesce((SELECT sum(amount_cents) FROM movements WHERE account_id = accounts.id), 0) AS balance_cents
  FROM accounts;
)sql";

}  // namespace tomada::erp::demo

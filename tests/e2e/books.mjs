// The demo company from its base tables alone, never through the product's own views, in the shape the tools answer in.
import assert from 'node:assert/strict';

import { money, today } from './company.mjs';

const late = (title) => (title.status === 'overdue' ? Math.round((Date.parse(today) - Date.parse(title.due_on)) / 86_400_000) : undefined);
const present = (facts) => Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined && value !== ''));
const byText = (...keys) => (a, b) => {
  for (const key of keys) if (key(a) !== key(b)) return key(a) < key(b) ? -1 : 1;
  return 0;
};
const sum = (rows, key) => rows.reduce((total, row) => total + row[key], 0);

// What a person means by a search: every word, in any order, without case and accents; or a CNPJ or CPF in any writing.
export const plain = (text) => text.normalize('NFD').replace(/[\u0300-\u036f]/g, '').toLowerCase();
export function finds(words, ...texts) {
  const all = plain(texts.join('\n'));
  return plain(words).split(/\s+/).every((word) => all.includes(word));
}
export function names(words, partner) {
  const digits = /^[\d./ -]+$/.test(words) ? words.replace(/\D/g, '') : '';
  return finds(words, partner.name, partner.trade_name) || (digits !== '' && partner.tax_id.replace(/\D/g, '').includes(digits));
}

// A title's payments are what moved on the accounts; its status follows from them and from the day.
const titles = `WITH payments AS (
    SELECT title_id, sum(abs(amount_cents)) AS paid, max(moved_on) AS paid_on FROM movements WHERE title_id IS NOT NULL GROUP BY title_id),
  facts AS (
    SELECT titles.id, is_receivable, document, installment, partner_id, category_code, issued_on, due_on, amount_cents AS amount,
      coalesce(paid, 0) AS paid, payments.paid_on, CASE WHEN is_cancelled THEN 0 ELSE amount_cents - coalesce(paid, 0) END AS open,
      is_cancelled FROM titles LEFT JOIN payments ON title_id = titles.id)
  SELECT *, CASE WHEN is_cancelled THEN 'cancelled' WHEN open = 0 THEN 'paid' WHEN due_on < '${today}' THEN 'overdue'
    WHEN paid > 0 THEN 'partial' ELSE 'open' END AS status FROM facts ORDER BY due_on, id`;

const shownTitle = (title) =>
  present({
    id: String(title.id), document: title.document, installment: title.installment, partner: title.partner.name,
    tax_id: title.partner.tax_id, category: title.category.description, issued_on: title.issued_on, due_on: title.due_on,
    amount: money(title.amount), open: money(title.open), status: title.status, days_overdue: late(title),
    paid: title.paid ? money(title.paid) : undefined, paid_on: title.paid_on ?? undefined,
  });

const shownPartner = (partner) =>
  present({
    id: String(partner.id), name: partner.name, trade_name: partner.trade_name, tax_id: partner.tax_id,
    roles: ['customer', 'supplier'].filter((role) => partner[`is_${role}`]), city: partner.city, state: partner.state,
    email: partner.email, phone: partner.phone, active: partner.is_active ? undefined : false,
  });

const shownProduct = (product) =>
  present({
    code: product.code, description: product.description, unit: product.unit, price: money(product.price_cents),
    stock: String(product.stock), minimum_stock: product.minimum ? String(product.minimum) : undefined,
    low: product.is_low ? true : undefined, active: product.is_active ? undefined : false,
  });

const shownCategory = ({ code, description, kind, is_group, is_active }) =>
  present({ code, description, kind, group: is_group ? true : undefined, active: is_active ? undefined : false });

const shownItem = (item) => ({
  product: item.code, description: item.description, quantity: String(item.quantity), unit_price: money(item.unit_price_cents),
  total: money(item.total_cents),
});
const shownOrder = (order, withItems) =>
  present({
    number: String(order.number), partner: order.partner.name, tax_id: order.partner.tax_id, ordered_on: order.ordered_on,
    status: order.status, total: money(order.total_cents), expected_on: order.expected_on,
    invoice: order.invoice ? String(order.invoice) : undefined, items: withItems ? order.items.map(shownItem) : undefined,
  });

export const shown = { title: shownTitle, partner: shownPartner, product: shownProduct, category: shownCategory, order: shownOrder };

export const largestFirst = byText((title) => -title.amount, (title) => title.id);

export const titleSums = (rows) => ({
  amount: money(sum(rows, 'amount')),
  open: money(sum(rows, 'open')),
  overdue: money(sum(rows.filter(({ status }) => status === 'overdue'), 'open')),
});
export const orderSums = (rows) => ({ amount: money(sum(rows, 'total_cents')) });

// Balances are what the accounts were opened with and everything that moved since.
function cashPosition(books, sql) {
  const accounts = sql(`SELECT name, kind, bank, opening_cents + (SELECT coalesce(sum(amount_cents), 0) FROM movements
    WHERE account_id = accounts.id) AS balance FROM accounts ORDER BY id`);
  const dueBy = (days) => new Date(Date.parse(today) + days * 86_400_000).toISOString().slice(0, 10);
  const outlook = (isReceivable) => {
    const owed = books.titles.filter((title) => title.is_receivable === isReceivable && title.open > 0);
    const within = (days) => sum(owed.filter(({ due_on }) => due_on >= today && due_on <= dueBy(days)), 'open');
    return { open: sum(owed, 'open'), overdue: sum(owed.filter(({ due_on }) => due_on < today), 'open'), next_7_days: within(7), next_30_days: within(30) };
  };
  const [receivable, payable] = [outlook(1), outlook(0)];
  const total = sum(accounts, 'balance');
  const inMoney = (facts) => Object.fromEntries(Object.entries(facts).map(([key, cents]) => [key, money(cents)]));
  return {
    total: money(total),
    accounts: accounts.map(({ name, kind, bank, balance }) => present({ name, kind, balance: money(balance), bank })),
    receivable: inMoney(receivable),
    payable: inMoney(payable),
    projection: {
      in_7_days: money(total + receivable.next_7_days - payable.next_7_days),
      in_30_days: money(total + receivable.next_30_days - payable.next_30_days),
    },
  };
}

function read(sql) {
  const partners = sql('SELECT * FROM partners').sort(byText(({ name }) => plain(name), ({ id }) => id));
  const categories = sql('SELECT * FROM categories ORDER BY code');
  const products = sql('SELECT *, on_hand - reserved AS stock, minimum > 0 AND on_hand - reserved < minimum AS is_low FROM products');
  const partner = new Map(partners.map((each) => [each.id, each]));
  const category = new Map(categories.map((each) => [each.code, each]));
  const items = Map.groupBy(sql(`SELECT order_items.*, code, description FROM order_items JOIN products ON id = product_id ORDER BY code`), ({ order_id }) => order_id);
  const books = {
    partners,
    categories,
    departments: sql('SELECT * FROM departments ORDER BY structure, code'),
    products: products.sort(byText(({ description }) => plain(description), ({ code }) => code)),
    orders: sql(`SELECT orders.*, invoices.number AS invoice FROM orders LEFT JOIN invoices ON order_id = orders.id ORDER BY ordered_on DESC, orders.id DESC`),
    titles: sql(titles),
  };
  for (const title of books.titles) Object.assign(title, { partner: partner.get(title.partner_id), category: category.get(title.category_code) });
  for (const order of books.orders) Object.assign(order, { partner: partner.get(order.partner_id), items: items.get(order.id) });
  books.cash = cashPosition(books, sql);
  assert.ok(books.titles.length > 5000 && books.orders.length > 1500, 'the company is there');
  return books;
}

let books; // the company is the same every time
export const booksOf = (sql) => (books ??= read(sql));

// In the shape that the suites for every ERP compare with.
export function sharedBooks(books) {
  const [whole, part] = books.cash.total.split('.');
  const cash = Number(whole) * 100 + Math.sign(Number(whole) || 1) * Number(part);
  const titles = books.titles.map((title) => ({ ...title, is_receivable: title.is_receivable === 1 }));
  return { ...books, titles, orders: books.orders.map((order) => ({ ...order, lines: order.items })), cash };
}

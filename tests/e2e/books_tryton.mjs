// The books of the seeded company from Tryton's own tables, in the shape of books.mjs.
import { company } from './tryton.mjs';

const cents = (amount) => Math.round((amount ?? 0) * 100);

const lines = (kind, sign) => `SELECT line.id, maturity_date AS due_on, coalesce(maturity_date, move.date) AS sorted_on,
    ${sign} * (debit - credit) AS amount, reconciliation, move.origin, party.id AS partner_id FROM account_move_line line
  JOIN account_move move ON move.id = line.move JOIN account_account account ON account.id = line.account
  JOIN account_account_type type ON type.id = account.type LEFT JOIN party_party party ON party.id = line.party
  WHERE type.${kind} AND account.company = ${company} AND move.state = 'posted' ORDER BY sorted_on, line.id`;

function status({ isCancelled, open, paid, due_on }, today) {
  if (isCancelled) return 'cancelled';
  if (open === 0) return 'paid';
  if (due_on < today) return 'overdue';
  return paid ? 'partial' : 'open';
}

// Of each invoice everything that was paid and settles nothing yet, poured over its instalments, the oldest first.
function titlesOf(sql, partners, isReceivable, today) {
  const all = sql(lines(isReceivable ? 'receivable' : 'payable', isReceivable ? 1 : -1));
  const invoices = new Map(sql(`SELECT id, number, reference, state FROM account_invoice WHERE company = ${company}`).map((invoice) => [`account.invoice,${invoice.id}`, invoice]));
  const paymentOf = new Map(sql('SELECT line, invoice FROM "account_invoice-account_move_line"').map(({ line, invoice }) => [line, `account.invoice,${invoice}`]));
  const isPayment = (line) => !line.reconciliation && !line.due_on && paymentOf.has(line.id);
  const poured = new Map();
  for (const line of all.filter(isPayment)) poured.set(paymentOf.get(line.id), (poured.get(paymentOf.get(line.id)) ?? 0) - cents(line.amount));
  const titles = [];
  for (const line of all) {
    if (isPayment(line) || (line.reconciliation && (!line.due_on || line.origin?.startsWith('account.move,')))) continue;
    const invoice = invoices.get(line.origin);
    const amount = cents(line.amount);
    const left = poured.get(line.origin) ?? 0;
    const taken = line.reconciliation ? amount : line.due_on ? Math.max(0, Math.min(amount, left)) : 0;
    if (!line.reconciliation && line.due_on) poured.set(line.origin, left - taken);
    const title = { id: line.id, is_receivable: isReceivable, partner: partners.get(line.partner_id), due_on: line.sorted_on, amount };
    title.isCancelled = Boolean(line.reconciliation && invoice?.state === 'cancelled');
    Object.assign(title, { paid: title.isCancelled ? 0 : taken, open: title.isCancelled ? 0 : amount - taken });
    titles.push({ ...title, document: (!isReceivable && invoice?.reference) || invoice?.number, status: status(title, today) });
  }
  return titles;
}

const partnersOf = (sql) =>
  sql(`SELECT party.id, party.name, '' AS trade_name, party.active AS is_active, coalesce((SELECT code FROM party_identifier WHERE party_identifier.party = party.id LIMIT 1), '') AS tax_id,
    address.city, substr(subdivision.code, 4) AS state,
    party.id IN (SELECT party FROM account_invoice WHERE company = ${company} AND type = 'out' UNION SELECT party FROM sale_sale WHERE company = ${company}) AS is_customer,
    party.id IN (SELECT party FROM account_invoice WHERE company = ${company} AND type = 'in') AS is_supplier
  FROM party_party party LEFT JOIN party_address address ON address.party = party.id LEFT JOIN country_subdivision subdivision ON subdivision.id = address.subdivision`).map(
    (partner) => ({ ...partner, city: partner.city ?? '', state: partner.state ?? '' }),
  );

const linesOf = (sql) =>
  Map.groupBy(
    sql(`SELECT line.sale, product.code AS code, round(quantity * unit_price, 2) AS total FROM sale_line line
      JOIN product_product product ON product.id = line.product WHERE line.type = 'line'`).map((line) => ({ ...line, total_cents: cents(line.total) })),
    ({ sale }) => sale,
  );

const ordersOf = (sql, partners, lines = linesOf(sql)) =>
  sql(`SELECT sale.id, number, sale_date AS ordered_on, sale.state, party,
      (SELECT sum(round(quantity * unit_price, 2)) FROM sale_line WHERE sale_line.sale = sale.id) AS total,
      (SELECT count(*) FROM sale_line JOIN account_invoice_line line ON line.origin = 'sale.line,' || sale_line.id
        JOIN account_invoice invoice ON invoice.id = line.invoice WHERE sale_line.sale = sale.id AND invoice.state IN ('posted', 'paid')) AS billed
    FROM sale_sale sale WHERE company = ${company} ORDER BY sale_date DESC, sale.id DESC`).map((sale) => ({
    number: sale.number ?? `(${sale.id})`, ordered_on: sale.ordered_on, partner: partners.get(sale.party), total_cents: cents(sale.total), lines: lines.get(sale.id) ?? [],
    status: sale.state === 'cancelled' ? 'cancelled' : ['draft', 'quotation'].includes(sale.state) ? 'quote' : sale.billed ? 'invoiced' : 'open',
  }));

// What came into the storage zone less what left it or is assigned to leave.
const productsOf = (sql) =>
  sql(`SELECT product.id, product.code AS code, template.name AS description, product.active AS is_active,
      (SELECT sum(quantity) FROM stock_move WHERE stock_move.product = product.id AND stock_move.state = 'done' AND to_location = zone.id) AS came,
      (SELECT sum(quantity) FROM stock_move WHERE stock_move.product = product.id AND stock_move.state IN ('done', 'assigned') AND from_location = zone.id) AS gone,
      (SELECT sum(min_quantity) FROM stock_order_point WHERE stock_order_point.product = product.id) AS least,
      (SELECT list_price FROM product_list_price WHERE product_list_price.template = template.id AND company = ${company}) AS price
    FROM product_product product JOIN product_template template ON template.id = product.template JOIN stock_location zone ON zone.code = 'STO'`).map((product) => {
    const stock = (product.came ?? 0) - (product.gone ?? 0);
    return { ...product, stock: String(stock), price_cents: cents(product.price), is_low: Boolean(product.least && stock < product.least) };
  });

const categoriesOf = (sql) =>
  sql(`SELECT coalesce(account.code, account.id) AS code, account.name AS description, CASE WHEN type.revenue THEN 'revenue' ELSE 'expense' END AS kind,
    NOT coalesce(closed, 0) AS is_active FROM account_account account JOIN account_account_type type ON type.id = account.type
    WHERE account.company = ${company} AND type.statement = 'income' ORDER BY 1`).map((row) => ({ ...row, code: String(row.code) }));

const cash = (sql) =>
  cents(sql(`SELECT sum(debit - credit) AS total FROM account_move_line line JOIN account_move move ON move.id = line.move AND move.state = 'posted'
    WHERE account IN (SELECT credit_account FROM account_invoice_payment_method WHERE company = ${company})`)[0].total);

export function trytonBooks({ sql }, today) {
  const partners = partnersOf(sql);
  const byId = new Map(partners.map((partner) => [partner.id, partner]));
  return {
    partners, titles: [true, false].flatMap((isReceivable) => titlesOf(sql, byId, isReceivable, today)), orders: ordersOf(sql, byId),
    products: productsOf(sql), categories: categoriesOf(sql), cash: cash(sql),
  };
}

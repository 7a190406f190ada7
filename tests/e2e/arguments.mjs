// For each tool, the arguments that matter and what must hold of the answer. `sql` asks the demo company's base tables.
import assert from 'node:assert/strict';

import { booksOf, finds, largestFirst, names, orderSums, shown, titleSums } from './books.mjs';
import { today } from './company.mjs';
import { oldArguments } from './old_arguments.mjs';

const isShare = (value) => assert.ok(value >= 0 && value <= 100, `${value} is a percentage`);

// One question to a list: `rows` are all it must answer, over all pages and in their order; `summary` what it says of
// them. Nothing may match only where `isEmpty` says so, lest a question test nothing.
function list(args, rows, summary, { isEmpty = false } = {}) {
  const expected = (sql) => {
    const found = rows(booksOf(sql));
    assert.equal(found.length === 0, isEmpty, `${found.length} rows match ${JSON.stringify(args)}`);
    return { items: found.map(({ item }) => item()), total: found.length, summary: summary?.(found.map(({ row }) => row)) };
  };
  const check = (answer, sql) => checkPage(answer, expected(sql), 0, args.limit ?? 10);
  return { args, expected, check };
}
const each = (rows, show) => rows.map((row) => ({ row, item: () => show(row) }));

// A page is a slice of what is expected, value by value, and says where it stands.
export function checkPage(answer, { items, total, summary }, offset, limit) {
  const page = items.slice(offset, offset + limit);
  assert.deepEqual(answer.items, page);
  assert.equal(answer.total, total);
  assert.equal(answer.returned, page.length);
  assert.deepEqual(answer.summary, summary);
  assert.equal('next_cursor' in answer, offset + limit < total, 'another page is announced exactly when there is one');
  assert.equal(answer.currency, 'BRL');
  assert.equal(answer.as_of, `${today}T09:00:00-03:00`);
}

const states = {
  open: ({ open }) => open > 0,
  overdue: ({ status }) => status === 'overdue',
  due: ({ open, due_on }) => open > 0 && due_on >= today,
  partial: ({ open, paid }) => open > 0 && paid > 0,
  paid: ({ status }) => status === 'paid',
  cancelled: ({ status }) => status === 'cancelled',
  all: () => true,
};

function titles(isReceivable, partner) {
  const ask = (args, where = () => true, options) =>
    list(
      args,
      ({ titles }) => {
        const rows = titles.filter((title) => title.is_receivable === isReceivable && states[args.status ?? 'open'](title) && where(title));
        return each(args.order === 'amount' ? rows.sort(largestFirst) : rows, shown.title);
      },
      titleSums,
      options,
    );
  const of = (words, status = 'all') => ask({ status, partner: words, limit: 4 }, (title) => names(words, title.partner));
  const between = (least, most) => (title) => title.due_on >= least && title.due_on <= most;
  return [
    ask({}),
    ...Object.keys(states).map((status) => ask({ status, limit: 5 })),
    ask({ status: 'all', order: 'amount', limit: 5 }),
    ask({ status: 'all', due_from: '2026-06-01', due_to: '2026-06-30', limit: 3 }, between('2026-06-01', '2026-06-30')),
    ask({ status: 'all', due_from: '2026-06-10', due_to: '2026-06-10', limit: 3 }, between('2026-06-10', '2026-06-10')),
    ask({ due_from: today, limit: 3 }, between(today, '9999')),
    ask({ due_to: '2026-10-14', limit: 3 }, between('0', '2026-10-14')),
    ask({ min_amount: 3000, order: 'amount', limit: 4 }, ({ amount }) => amount >= 3000_00),
    ask({ status: 'all', min_amount: 1000.1, max_amount: 1234.56, limit: 4 }, ({ amount }) => amount >= 1000_10 && amount <= 1234_56),
    ask({ status: 'all', min_amount: partner.amount, max_amount: partner.amount, limit: 4 }, ({ amount }) => amount === partner.amount * 100),
    ...partner.names.map((words) => of(words)),
    of(partner.tax_id),
    of(partner.tax_id.replace(/\D/g, '')),
    ask({ partner: 'no such partner', status: 'all' }, () => false, { isEmpty: true }),
    ask({ partner: '%', status: 'all' }, () => false, { isEmpty: true }),
  ];
}

const partners = (args, where, options) => list(args, ({ partners }) => each(partners.filter(where), shown.partner), undefined, options);
const products = (args, where, options) => list(args, ({ products }) => each(products.filter(where), shown.product), undefined, options);
const categories = (args, where, options) => list(args, ({ categories }) => each(categories.filter(where), shown.category), undefined, options);
const orders = (args, where, options) =>
  list(args, ({ orders }) => each(orders.filter(where), (order) => shown.order(order, args.with_items)), orderSums, options);

const partnersNamed = (query) => partners({ query, limit: 3 }, (partner) => names(query, partner));
const productsNamed = (query) => products({ query, limit: 3 }, ({ code, description }) => finds(query, code, description));
const ordersOf = (partner) => orders({ partner, limit: 3 }, (order) => names(partner, order.partner));

const openOf = (sql) => ({ receivable: booksOf(sql).cash.receivable.open, payable: booksOf(sql).cash.payable.open });

export const argumentsThatMatter = {
  erp_receivables: titles(1, { names: ['São', 'sao', 'pizzaria  avenida', 'AVENIDA pizzaria', ' Sa\u0303o '], tax_id: '40.853.912/0001-20', amount: 166.5 }),
  erp_payables: titles(0, { names: ['Papéis', 'papeis', 'mantiqueira  papeis', 'Pape\u0301is'], tax_id: '21.131.907/0001-60', amount: 6500 }),
  erp_partners: [
    partners({}, () => true),
    partners({ role: 'customer', limit: 3 }, ({ is_customer }) => is_customer),
    partners({ role: 'supplier', limit: 3 }, ({ is_supplier }) => is_supplier),
    partners({ state: 'SP', limit: 3 }, ({ state }) => state === 'SP'),
    partners({ state: 'mg', limit: 3 }, ({ state }) => state === 'MG'),
    ...['São Paulo', 'sao paulo', ' paulo sao '].map((city) => partners({ city, limit: 3 }, (partner) => finds(city.trim(), partner.city))),
    partners({ active: true, limit: 3 }, ({ is_active }) => is_active),
    partners({ active: false, limit: 3 }, ({ is_active }) => !is_active),
    ...['São Jorge', 'sao jorge', 'JORGE', 'jorge sao', 'Padaria', 'águas', '63.862.359/0001-98', '63862359000198', '63.862'].map(partnersNamed),
    partners({ query: 'ltda', role: 'supplier', state: 'SP', active: true, limit: 3 }, (partner) => names('ltda', partner) && partner.is_supplier && partner.state === 'SP' && partner.is_active),
    partners({ query: 'no such partner' }, () => false, { isEmpty: true }),
    partners({ query: '_' }, () => false, { isEmpty: true }),
  ],
  erp_products: [
    products({}, () => true),
    products({ active: true, limit: 3 }, ({ is_active }) => is_active),
    products({ active: false, limit: 3 }, ({ is_active }) => !is_active),
    products({ low_stock: true, limit: 5 }, ({ is_low }) => is_low),
    ...['papelão', 'PAPELAO', 'caixa pizza', 'pizza caixa', 'prd00012', '70%'].map(productsNamed),
    products({ query: 'no such product' }, () => false, { isEmpty: true }),
  ],
  erp_categories: [
    categories({}, () => true),
    ...['revenue', 'expense', 'transfer'].map((kind) => categories({ kind, limit: 5 }, (category) => category.kind === kind)),
    categories({ active: false, limit: 5 }, ({ is_active }) => !is_active),
    categories({ query: '2.05' }, ({ code }) => code.startsWith('2.05')),
    ...['Salários', 'salarios', 'terceiro salario'].map((query) => categories({ query }, ({ description }) => finds(query, description))),
    categories({ query: 'no such category' }, () => false, { isEmpty: true }),
  ],
  erp_orders: [
    orders({}, () => true),
    ...['quote', 'open', 'invoiced', 'cancelled'].map((status) => orders({ status, limit: 3 }, (order) => order.status === status)),
    orders({ from: '2026-09-01', to: '2026-09-30', limit: 3 }, ({ ordered_on: on }) => on >= '2026-09-01' && on <= '2026-09-30'),
    orders({ from: '2026-10-14', limit: 3 }, ({ ordered_on: on }) => on >= '2026-10-14'),
    orders({ to: '2024-01-31', limit: 3 }, ({ ordered_on: on }) => on <= '2024-01-31'),
    ...['São', 'sao', 'avenida pizzaria', '40.853.912/0001-20', '40853912000120'].map(ordersOf),
    orders({ number: '64201' }, ({ number }) => number === 64201),
    orders({ number: '64201', with_items: true }, ({ number }) => number === 64201),
    orders({ number: '6420' }, () => false, { isEmpty: true }),
    orders({ limit: 2, with_items: true, from: '2026-10-01' }, ({ ordered_on: on }) => on >= '2026-10-01'),
    orders({ partner: 'no such partner' }, () => false, { isEmpty: true }),
  ],
  erp_cash_position: [
    { check: (answer, sql) => assert.deepEqual(answer, { ...booksOf(sql).cash, currency: 'BRL', as_of: `${today}T09:00:00-03:00` }) },
  ],
  erp_cash_flow: [
    { check: (answer, sql) => assert.deepEqual([answer.opening, answer.open], [booksOf(sql).cash.total, openOf(sql)]) },
    { args: { interval: 'day', periods: 30 }, check: ({ periods }) => assert.equal(periods.at(-1).to, '2026-11-13') },
    { args: { interval: 'month', periods: 2 }, check: ({ periods }) => assert.deepEqual(periods.map(({ to }) => to), ['2026-10-31', '2026-11-30']) },
  ],
  erp_sales: [
    { check: ({ items }) => assert.deepEqual([items.length, items[0].month], [12, '2026-10']) },
    ...['customer', 'product'].map((group_by) => ({ args: { group_by, response_format: 'detailed' }, check: ({ items }) => assert.ok(items[0].last_on <= today) })),
  ],
  erp_ageing: [
    { check: ({ summary }, sql) => assert.equal(summary.open, openOf(sql).receivable) },
    { args: { direction: 'payable', response_format: 'detailed' }, check: ({ summary }, sql) => assert.equal(summary.open, openOf(sql).payable) },
  ],
  ...oldArguments,
  get_system_metrics: [
    {
      check(metrics) {
        for (const share of [metrics.cpu_percent, metrics.memory_percent, metrics.disk_usage]) isShare(share);
        assert.equal(metrics.fastmcp_status, 'running');
        assert.equal(metrics.server_status.name, 'tomada');
        assert.ok(Math.abs(Date.now() - Date.parse(metrics.timestamp)) < 30_000, metrics.timestamp);
      },
    },
  ],
  health_check_complete: [
    {
      check(report) {
        assert.ok(['healthy', 'degraded', 'unhealthy'].includes(report.status));
        assert.equal(report.components.length, report.summary.healthy + report.summary.degraded + report.summary.unhealthy);
        assert.ok(report.components.some(({ name }) => name === 'storage'), JSON.stringify(report));
      },
    },
    { args: { component: 'storage' }, check: ({ components }) => assert.deepEqual(components.map(({ name, status }) => [name, status]), [['storage', 'healthy']]) },
  ],
  configure_alerts: [
    {
      check({ rules, total }) {
        const byMetric = new Map(rules.map((rule) => [rule.metric, rule]));
        assert.deepEqual([byMetric.get('memory_percent').threshold, byMetric.get('memory_percent').channel], [85, 'email']);
        assert.deepEqual([byMetric.get('api_failures').threshold, byMetric.get('api_failures').channel], [3, 'slack']);
        assert.deepEqual([byMetric.get('response_time_ms').threshold, byMetric.get('response_time_ms').channel], [5000, 'log']);
        assert.equal(total, 3);
      },
    },
    { args: { name: 'high_memory' }, check: ({ rules }) => assert.deepEqual(rules.map(({ name }) => name), ['high_memory']) },
    {
      args: { action: 'create', rule: { name: 'disk_full', metric: 'disk_usage', operator: '>', threshold: 90, for: 60 } },
      check: ({ rules }) => {
        assert.equal(rules[0].deliverable, true);
        assert.ok(rules[0].value > 0, 'the names of get_system_metrics may be watched');
      },
    },
    { args: { action: 'change', rule: { name: 'disk_full', threshold: 95 } }, check: ({ rules }) => assert.equal(rules[0].threshold, 95) },
    { args: { action: 'disable', name: 'disk_full' }, check: ({ rules }) => assert.equal(rules[0].enabled, false) },
    { args: { action: 'enable', name: 'disk_full' }, check: ({ rules }) => assert.equal(rules[0].enabled, true) },
    { args: { action: 'delete', name: 'disk_full' }, check: ({ deleted }) => assert.equal(deleted, 'disk_full') },
    { args: { action: 'reset' }, check: ({ rules }) => assert.equal(rules.length, 3) },
  ],
};

// For each tool, the arguments that matter and what must hold of the answer; `sql` asks the demo company directly.
import assert from 'node:assert/strict';

import { money, today } from './company.mjs';

const isShare = (value) => assert.ok(value >= 0 && value <= 100, `${value} is a percentage`);
const only = (rows) => Object.values(rows[0])[0];

const owed = `title_states.status IN ('open', 'partial', 'overdue')`;
const states = { open: owed, overdue: `status = 'overdue'`, due: `status IN ('open', 'partial') AND due_on >= '${today}'`,
  partial: 'open_cents > 0 AND paid_cents > 0', paid: `status = 'paid'`, cancelled: `status = 'cancelled'`, all: 'true' };

function titles(isReceivable) {
  const from = `title_states JOIN partners ON partners.id = partner_id WHERE is_receivable = ${isReceivable}`;
  const agree = (where, args) => ({
    args,
    check(answer, sql) {
      const [expected] = sql(`SELECT count(*) AS total, coalesce(sum(title_states.amount_cents), 0) AS amount,
        coalesce(sum(open_cents), 0) AS open FROM ${from} AND ${where}`);
      assert.equal(answer.total, expected.total);
      assert.equal(answer.summary.amount, money(expected.amount));
      assert.equal(answer.summary.open, money(expected.open));
      assert.equal(answer.returned, Math.min(expected.total, args.limit ?? 10));
      assert.equal(answer.currency, 'BRL');
      for (const item of answer.items) {
        const [row] = sql(`SELECT document, installment, partners.name AS partner, due_on, amount_cents, open_cents FROM ${from}
          AND title_states.id = ${item.id}`);
        assert.equal(item.amount, money(row.amount_cents));
        assert.equal(item.open ?? '0.00', money(row.open_cents));
        assert.equal(item.due_on, row.due_on);
        assert.equal(item.partner, row.partner);
        assert.equal(item.document, row.document);
      }
    },
  });
  return [
    agree(states.open, {}),
    ...Object.entries(states).map(([status, where]) => agree(where, { status, limit: 5 })),
    agree(`${states.all} AND due_on BETWEEN '2026-06-01' AND '2026-06-30'`, { status: 'all', due_from: '2026-06-01', due_to: '2026-06-30', limit: 3 }),
    agree(`${states.open} AND title_states.amount_cents >= 300000`, { min_amount: 3000, order: 'amount', limit: 4 }),
    agree('false', { status: 'all', partner: 'no such partner' }),
  ];
}

function counted(args, query) {
  return {
    args,
    check(answer, sql) {
      const expected = only(sql(query));
      assert.equal(answer.total, expected, query);
      assert.equal(answer.items.length, answer.returned);
      assert.equal('next_cursor' in answer, answer.returned < expected);
    },
  };
}

const partners = 'SELECT count(*) FROM partners WHERE';
const activePartners = `${partners} is_active AND`;
const orders = 'SELECT count(*) FROM orders WHERE';

// The predecessor's answers: pages, and sums as numbers.
function before(args, query, list) {
  return {
    args,
    check(answer, sql) {
      assert.equal(answer.status, 'sucesso');
      assert.equal(answer.data.total_de_registros, only(sql(query)), query);
      assert.equal(answer.data[list].length, answer.data.registros);
    },
  };
}
const oldTitles = (isReceivable) => [
  before({ registros_por_pagina: 5 }, `SELECT count(*) FROM title_states WHERE is_receivable = ${isReceivable}`, 'contas'),
  before(
    { status: 'vencido', registros_por_pagina: 5 },
    `SELECT count(*) FROM title_states WHERE is_receivable = ${isReceivable} AND status = 'overdue'`,
    'contas',
  ),
];

export const argumentsThatMatter = {
  erp_receivables: titles(1),
  erp_payables: titles(0),
  erp_partners: [
    counted({}, `${partners} true`),
    counted({ role: 'customer', limit: 3 }, `${partners} is_customer`),
    counted({ role: 'supplier', limit: 3 }, `${partners} is_supplier`),
    counted({ state: 'SP', limit: 3 }, `${partners} state = 'SP'`),
    counted({ active: true, limit: 3 }, `${activePartners} true`),
    counted({ query: 'no such partner' }, `${partners} false`),
  ],
  erp_products: [
    counted({}, 'SELECT count(*) FROM products'),
    counted({ active: true, limit: 3 }, 'SELECT count(*) FROM products WHERE is_active'),
    counted({ low_stock: true, limit: 50 }, 'SELECT count(*) FROM products WHERE on_hand - reserved < minimum'),
  ],
  erp_categories: [
    counted({}, 'SELECT count(*) FROM categories'),
    counted({ kind: 'expense', limit: 5 }, `SELECT count(*) FROM categories WHERE kind = 'expense'`),
  ],
  erp_orders: [
    counted({}, `${orders} true`),
    counted({ status: 'open', limit: 3 }, `${orders} status = 'open'`),
    counted({ from: '2026-09-01', to: '2026-09-30', limit: 3 }, `${orders} ordered_on BETWEEN '2026-09-01' AND '2026-09-30'`),
    {
      args: { limit: 2, with_items: true },
      check(answer, sql) {
        for (const order of answer.items) {
          const [row] = sql(`SELECT orders.total_cents, sum(order_items.total_cents) AS items FROM orders
            JOIN order_items ON order_id = orders.id WHERE number = ${order.number}`);
          assert.equal(order.total, money(row.total_cents));
          assert.equal(row.total_cents, row.items);
        }
      },
    },
  ],
  erp_cash_position: [
    {
      check(answer, sql) {
        assert.equal(answer.total, money(only(sql('SELECT sum(balance_cents) FROM balances'))));
        for (const { name, balance } of answer.accounts) {
          assert.equal(balance, money(only(sql(`SELECT balance_cents FROM balances WHERE name = '${name}'`))), name);
        }
        for (const [side, isReceivable] of [['receivable', 1], ['payable', 0]]) {
          const sum = (where) => money(only(sql(`SELECT coalesce(sum(open_cents), 0) FROM title_states WHERE is_receivable = ${isReceivable} AND ${where}`)));
          assert.equal(answer[side].open, sum(states.open), side);
          assert.equal(answer[side].overdue, sum(states.overdue), side);
          assert.equal(answer[side].next_7_days, sum(`due_on BETWEEN '${today}' AND date('${today}', '+7 days')`), side);
          assert.equal(answer[side].next_30_days, sum(`due_on BETWEEN '${today}' AND date('${today}', '+30 days')`), side);
        }
      },
    },
  ],
  testar_conexao: [{ check: (answer) => assert.equal(answer.data.conexao, 'ok') }],
  consultar_categorias: [before({ registros_por_pagina: 5 }, 'SELECT count(*) FROM categories WHERE is_active', 'categorias')],
  consultar_departamentos: [before({ registros_por_pagina: 5 }, 'SELECT count(*) FROM departments', 'departamentos')],
  listar_clientes: [
    before({ registros_por_pagina: 5 }, `${activePartners} is_customer`, 'clientes'),
    before({ registros_por_pagina: 5, filtro_cidade: 'Campinas' }, `${activePartners} is_customer AND city = 'Campinas'`, 'clientes'),
  ],
  consultar_fornecedores: [before({ registros_por_pagina: 5 }, `${activePartners} is_supplier`, 'fornecedores')],
  consultar_contas_pagar: oldTitles(0),
  consultar_contas_receber: oldTitles(1),
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
    {
      args: { action: 'create', rule: { name: 'disk_full', metric: 'disk_percent', operator: '>', threshold: 90, for: 60 } },
      check: ({ rules }) => assert.equal(rules[0].deliverable, true),
    },
    { args: { action: 'change', rule: { name: 'disk_full', threshold: 95 } }, check: ({ rules }) => assert.equal(rules[0].threshold, 95) },
    { args: { action: 'disable', name: 'disk_full' }, check: ({ rules }) => assert.equal(rules[0].enabled, false) },
    { args: { action: 'enable', name: 'disk_full' }, check: ({ rules }) => assert.equal(rules[0].enabled, true) },
    { args: { action: 'delete', name: 'disk_full' }, check: ({ deleted }) => assert.equal(deleted, 'disk_full') },
    { args: { action: 'reset' }, check: ({ rules }) => assert.equal(rules.length, 3) },
  ],
};

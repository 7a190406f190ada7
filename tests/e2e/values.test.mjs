// What the tools say of the demo company, page after page, is what its base tables hold.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { argumentsThatMatter, checkPage } from './arguments.mjs';
import { asker, company } from './company.mjs';
import { initialize, legacy, modern, pipe, run } from './harness.mjs';

async function call(server, name, args) {
  const { result, error } = await server.ask(modern(1, 'tools/call', { name, arguments: args }));
  assert.ok(result, `${name} ${JSON.stringify(args)}: ${JSON.stringify(error)}`);
  return result;
}

async function facts(server, name, args) {
  const result = await call(server, name, args);
  assert.ok(!result.isError, `${name} ${JSON.stringify(args)}: ${JSON.stringify(result.content)}`);
  return result.structuredContent;
}

const lists = Object.entries(argumentsThatMatter).flatMap(([name, variants]) => variants.map((variant) => ({ name, ...variant })));

test('following the cursor to the end shows every row once, value by value, and the same sums on every page', async (t) => {
  const place = company(t);
  const server = pipe(t, place);
  const sql = asker(place);
  for (const { name, args, expected } of lists.filter((list) => list.expected)) {
    const all = expected(sql);
    const limit = Math.min(100, Math.max(args.limit ?? 10, Math.ceil(all.total / 25)));
    let cursor;
    for (let offset = 0; offset === 0 || cursor; offset += limit) {
      const answer = await facts(server, name, { ...args, limit, ...(cursor && { cursor }) });
      try {
        checkPage(answer, all, offset, limit);
      } catch (error) {
        assert.fail(`${name} ${JSON.stringify(args)} from ${offset}: ${error.message}`);
      }
      cursor = answer.next_cursor;
    }
  }
});

test('counting the pages of the old tools to the end shows every row once, value by value', async (t) => {
  const place = company(t);
  const server = pipe(t, place);
  const sql = asker(place);
  for (const { name, args, check, total } of lists.filter((list) => list.total)) {
    const size = Math.min(500, Math.max(args.registros_por_pagina ?? 20, Math.ceil(total(sql) / 25)));
    const last = Math.ceil(total(sql) / size);
    for (let page = 1; page <= last + 1; ++page) {
      try {
        check(await facts(server, name, { ...args, pagina: page, registros_por_pagina: size }), sql, page, size);
      } catch (error) {
        assert.fail(`${name} ${JSON.stringify(args)} page ${page}: ${error.message}`);
      }
    }
  }
});

test('the cash position and its outlook follow from what moved and from what is owed', async (t) => {
  const place = company(t);
  const [{ check }] = argumentsThatMatter.erp_cash_position;
  check(await facts(pipe(t, place), 'erp_cash_position', {}), asker(place));
});

test('the company is a real one: sizes, valid tax numbers, books that add up', (t) => {
  const sql = asker(company(t));
  const count = (query) => Object.values(sql(query)[0])[0];
  const none = (query) => assert.equal(count(`SELECT count(*) FROM ${query}`), 0, query);
  assert.ok(count('SELECT count(*) FROM partners') >= 300);
  assert.ok(count('SELECT count(*) FROM titles') >= 5000);
  assert.ok(count('SELECT julianday(max(issued_on)) - julianday(min(issued_on)) FROM titles') > 365 * 1.9);
  for (const { tax_id } of sql('SELECT tax_id FROM partners')) assert.ok(isTaxNumber(tax_id), tax_id);
  const moved = 'SELECT title_id, sum(abs(amount_cents)) AS paid, max(moved_on) AS last FROM movements GROUP BY title_id';
  none(`titles LEFT JOIN (${moved}) ON title_id = id WHERE paid_cents <> coalesce(paid, 0) OR paid_on IS NOT last`);
  none(`titles WHERE paid_cents > amount_cents OR (is_cancelled AND paid_cents > 0)`);
  none(`orders JOIN (SELECT order_id, sum(total_cents) AS sum FROM order_items GROUP BY order_id) ON order_id = id WHERE sum <> total_cents`);
  none(`invoices JOIN orders ON orders.id = order_id WHERE invoices.total_cents <> orders.total_cents`);
  const billed = 'SELECT order_id AS of, sum(amount_cents) AS sum FROM titles WHERE NOT is_cancelled GROUP BY order_id';
  none(`invoices LEFT JOIN (${billed}) ON of = order_id WHERE coalesce(sum, 0) <> CASE WHEN is_cancelled THEN 0 ELSE total_cents END`);
});

// CPF and CNPJ end in two check digits over all before them.
function isTaxNumber(text) {
  const digits = [...text.replace(/\D/g, '')].map(Number);
  const check = (count, weights) => {
    const rest = digits.slice(0, count).reduce((sum, digit, at) => sum + digit * weights(at, count), 0) % 11;
    return rest < 2 ? 0 : 11 - rest;
  };
  const weights = digits.length === 11 ? (at, count) => count + 1 - at : (at, count) => ((count - 1 - at) % 8) + 2;
  const start = digits.length === 11 ? 9 : 12;
  return [11, 14].includes(digits.length) && check(start, weights) === digits[start] && check(start + 1, weights) === digits[start + 1];
}

// What the schema cannot say is still told to the model: which argument, what came, what is expected.
const badArguments = [
  ['erp_receivables', { due_from: '2026-02-30' }, /due_from.*2026-02-30.*expected/],
  ['erp_payables', { due_from: '2026-02-02', due_to: '2026-02-01' }, /due_from.*2026-02-02.*due_to.*2026-02-01.*expected/],
  ['erp_receivables', { min_amount: 1e30 }, /min_amount.*1e\+30.*expected/],
  ['erp_receivables', { min_amount: 10, max_amount: 9.99 }, /min_amount.*10.*max_amount.*9\.99.*expected/],
  ['erp_orders', { from: '2025-02-29' }, /from.*2025-02-29.*expected/],
  ['erp_receivables', { cursor: 'nonsense' }, /cursor.*nonsense.*expected/],
  ['consultar_contas_pagar', { data_inicio: '31/02/2026' }, /data_inicio.*31\/02\/2026.*expected/],
  ['consultar_contas_receber', { data_inicio: '02/02/2026', data_fim: '01/02/2026' }, /data_inicio.*02\/02\/2026.*data_fim.*01\/02\/2026.*expected/],
  ['configure_alerts', { cursor: 'zzzz' }, /cursor.*zzzz.*expected/],
];

test('arguments that make no sense come back as an answer that names them, in both eras', async (t) => {
  const place = company(t);
  const old = pipe(t, place);
  await old.ask(initialize(0));
  old.send({ jsonrpc: '2.0', method: 'notifications/initialized' });
  const eras = [[pipe(t, { ...place, state: `${place.state}-modern` }), modern], [old, legacy]];
  for (const [server, message] of eras) {
    for (const [name, args, said] of badArguments) {
      const { result, error } = await server.ask(message(1, 'tools/call', { name, arguments: args }));
      const what = `${name} ${JSON.stringify(args)}: ${JSON.stringify(error ?? result)}`;
      assert.equal(result?.isError, true, what);
      assert.match(result.content[0].text, said, what);
    }
  }
});

test('a cursor of another question is refused with what to do', async (t) => {
  const server = pipe(t, company(t));
  const { next_cursor: cursor } = await facts(server, 'erp_receivables', { limit: 2 });
  for (const [name, args] of [['erp_receivables', { status: 'paid' }], ['erp_payables', {}], ['erp_orders', {}]]) {
    const result = await call(server, name, { ...args, cursor });
    assert.equal(result.isError, true, JSON.stringify(result));
    assert.ok(result.content[0].text.includes(`cursor "${cursor}"`), result.content[0].text);
    assert.match(result.content[0].text, /expected the next_cursor/);
  }
});

test('an answer says where it came from and how old it is', async (t) => {
  const server = pipe(t, company(t));
  const ask = () => server.ask(modern(1, 'tools/call', { name: 'erp_cash_position', arguments: {} }));
  for (const _ of [1, 2]) {
    const { _meta: meta } = (await ask()).result;
    assert.equal(meta['tomada/freshness'].source, 'demo');
    assert.ok(meta['tomada/freshness'].age_ms >= 0);
  }
});

test('the same facts stand in the text and in the structure', (t) => {
  const { words, state } = company(t);
  const json = JSON.parse(run(['tools', 'call', 'erp_receivables', '{"status":"overdue","limit":5}', '--format', 'json', ...words, '--state', state]).stdout);
  const { text } = json.content[0];
  for (const item of json.structuredContent.items) {
    for (const fact of [item.partner, item.document, item.amount, item.due_on]) assert.ok(text.includes(fact), `${fact} in: ${text}`);
  }
  assert.ok(text.includes(json.structuredContent.next_cursor));
});

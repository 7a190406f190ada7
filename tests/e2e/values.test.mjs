// What the tools say of the demo company, page after page, is what its database holds.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { asker, company, money } from './company.mjs';
import { modern, pipe, run } from './harness.mjs';

async function everyPage(server, name, args) {
  const items = [];
  let total;
  for (let cursor, page = 0; ; ++page) {
    assert.ok(page < 100, 'the pages end');
    const { result, error } = await server.ask(modern(page, 'tools/call', { name, arguments: { ...args, limit: 100, ...(cursor && { cursor }) } }));
    assert.ok(result && !result.isError, JSON.stringify(error ?? result));
    const answer = result.structuredContent;
    total ??= answer.total;
    assert.equal(answer.total, total, 'the total does not change between pages');
    items.push(...answer.items);
    cursor = answer.next_cursor;
    if (!cursor) return { items, total };
  }
}

test('every page together is every row, once', async (t) => {
  const place = company(t);
  const server = pipe(t, place);
  const sql = asker(place);
  for (const [name, isReceivable] of [['erp_receivables', 1], ['erp_payables', 0]]) {
    const { items, total } = await everyPage(server, name, { status: 'all' });
    const rows = sql(`SELECT id, amount_cents, open_cents FROM title_states WHERE is_receivable = ${isReceivable}`);
    assert.equal(items.length, total);
    assert.equal(new Set(items.map(({ id }) => id)).size, total, 'no row comes twice');
    const byId = new Map(items.map((item) => [item.id, item]));
    for (const row of rows) assert.equal(byId.get(String(row.id))?.amount, money(row.amount_cents), `${name} ${row.id}`);
  }
  const { items } = await everyPage(server, 'erp_partners', { active: true });
  assert.equal(items.length, sql('SELECT count(*) AS n FROM partners WHERE is_active')[0].n);
});

test('the company is a real one: sizes, valid tax numbers, cash that follows from its movements', (t) => {
  const place = company(t);
  const sql = asker(place);
  const count = (query) => Object.values(sql(query)[0])[0];
  assert.ok(count('SELECT count(*) FROM partners') >= 300);
  assert.ok(count('SELECT count(*) FROM titles') >= 5000);
  assert.ok(count(`SELECT count(*) FROM title_states WHERE status = 'overdue'`) > 20);
  assert.ok(count('SELECT julianday(max(issued_on)) - julianday(min(issued_on)) FROM titles') > 365 * 1.9);
  for (const { tax_id } of sql('SELECT tax_id FROM partners')) assert.ok(isTaxNumber(tax_id), tax_id);
  assert.equal(
    count('SELECT sum(balance_cents) FROM balances'),
    count('SELECT (SELECT sum(opening_cents) FROM accounts) + (SELECT sum(amount_cents) FROM movements)'),
  );
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

test('a cursor of another question is refused with what to do', async (t) => {
  const server = pipe(t, company(t));
  const ask = (args) => server.ask(modern(1, 'tools/call', { name: 'erp_receivables', arguments: args }));
  const first = (await ask({ limit: 2 })).result.structuredContent;
  for (const args of [{ status: 'paid', cursor: first.next_cursor }, { cursor: 'nonsense' }]) {
    const { result, error } = await ask(args);
    const said = JSON.stringify(error ?? result);
    assert.ok(error || result.isError, said);
    assert.match(said, /cursor/);
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

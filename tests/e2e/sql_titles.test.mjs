// Random titles, put into a company's own database and read back through the tools: no amount and no date may differ. SQLite holds
// them as cents, as text and as binary numbers, PostgreSQL as decimals. TOMADA_TITLES says how many.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { password, user } from './books_sql.mjs';
import { money } from './company.mjs';
import { modern, pipe, workspace } from './harness.mjs';
import { skip, startPostgresql } from './postgresql.mjs';

const count = Number(process.env.TOMADA_TITLES ?? 10_000);
const first = Date.parse('1996-02-28');
const days = Math.max(40, Math.min(30 * 365, count / 40)); // some forty a day and direction at most
const iso = (day) => new Date(first + day * 86_400_000).toISOString().slice(0, 10);

let seed = 20261121;
const below = (most) => { // mulberry32: the same every time
  seed = (seed + 0x6d2b79f5) | 0;
  let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
  return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * most);
};

function randomTitle(id) {
  const amount = 1 + below(10 ** (1 + below(9))) * (1 + below(1000)); // from a cent to ten thousand millions
  const due = below(days);
  const paid = below(3) === 0 ? Math.min(amount, 1 + below(amount)) : 0;
  return { id, is_receivable: below(2) === 1, amount, paid, due_on: iso(due), issued_on: iso(due - below(4000)), paid_on: paid ? iso(due + below(90)) : undefined };
}

const columns = 'id, direction, amount, paid, issued_on, due_on, paid_on';
const row = (title, amount, paid) => `${title.id},${title.is_receivable ? 'receivable' : 'payable'},${amount},${paid},${title.issued_on},${title.due_on},${title.paid_on ?? ''}\n`;
const query = (paidOn) => `SELECT id, direction, 'Ana' AS partner, amount, paid, issued_on, due_on, ${paidOn} AS paid_on FROM bills`;

function sqlite(t, titles) {
  const { folder } = workspace(t);
  const file = join(folder, 'bills.db');
  const rows = join(folder, 'bills.csv');
  writeFileSync(rows, titles.map((title) => row(title, title.amount, title.paid)).join(''));
  // A third of each: the cents' digits as text, a binary number, and a whole number where there are no cents.
  const number = (name) => `CASE id % 3 WHEN 0 THEN printf('%d.%02d', ${name} / 100, ${name} % 100) WHEN 1 THEN ${name} / 100.0 ELSE iif(${name} % 100, ${name} / 100.0, ${name} / 100) END`;
  execFileSync('sqlite3', [file], {
    input: `CREATE TABLE raw(id INTEGER, direction TEXT, amount INTEGER, paid INTEGER, issued_on TEXT, due_on TEXT, paid_on TEXT);
.mode csv
.import ${rows} raw
CREATE TABLE bills(id INTEGER, direction TEXT, amount, paid, issued_on TEXT, due_on TEXT, paid_on TEXT);
INSERT INTO bills SELECT id, direction, ${number('amount')}, ${number('paid')}, issued_on, due_on, paid_on FROM raw;
DROP TABLE raw;
CREATE INDEX bills_by_due ON bills(due_on);
`,
  });
  return { upstream: `url = "sqlite:${file}"`, query: query("nullif(paid_on, '')") };
}

async function postgresql(t, titles) {
  const server = await startPostgresql(t);
  server.script(`CREATE TABLE bills(id bigint, direction text, amount numeric(18, 2), paid numeric(18, 2), issued_on date, due_on date, paid_on date);
COPY bills(${columns}) FROM STDIN WITH (FORMAT csv);
${titles.map((title) => row(title, money(title.amount), money(title.paid))).join('')}\\.
CREATE INDEX ON bills(due_on); GRANT SELECT ON bills TO ${user}; ANALYZE;\n`);
  return { upstream: `url = "${server.url}"\n${server.login}`, query: query('paid_on') };
}

for (const [name, fill, skipped] of [['SQLite', sqlite], ['PostgreSQL', postgresql, skip]]) {
  test(`${count} random titles into ${name} and back: no difference`, { skip: skipped, timeout: 2_900_000 }, async (t) => {
    const titles = Array.from({ length: count }, (_, i) => randomTitle(i + 1));
    const { upstream, query: text } = await fill(t, titles);
    const place = workspace(t);
    const config = place.file('tomada.toml', `[upstream.books]\n${upstream}\n[plugin.erp]\nsource = "sql"\nupstream = "books"\ntoday = "2026-10-15"\n[plugin.erp.sql]\ntitles = "${text}"\n`);
    const server = pipe(t, { words: ['--config', config], state: place.state, env: { BOOKS_PASSWORD: password } });
    const left = new Map(titles.map((title) => [String(title.id), title]));
    let differences = 0;
    for (const tool of ['erp_receivables', 'erp_payables']) {
      for (let day = 0; day < days; day += 2) {
        let cursor;
        do {
          const args = { status: 'all', due_from: iso(day), due_to: iso(day + 1), limit: 100, ...(cursor && { cursor }) };
          const { result } = await server.ask(modern(1, 'tools/call', { name: tool, arguments: args }));
          assert.ok(!result.isError, JSON.stringify(result.content));
          for (const item of result.structuredContent.items) {
            const sent = left.get(item.id);
            left.delete(item.id);
            const is_same = sent && sent.is_receivable === (tool === 'erp_receivables') && item.amount === money(sent.amount) && item.open === money(sent.amount - sent.paid) &&
              (item.paid ?? '0.00') === money(sent.paid) && item.due_on === sent.due_on && item.issued_on === sent.issued_on && item.paid_on === sent.paid_on;
            if (!is_same) differences += 1;
          }
          cursor = result.structuredContent.next_cursor;
        } while (cursor);
      }
    }
    console.log(`${count} random titles through ${name} and back: ${differences + left.size} differences`);
    assert.deepEqual([differences, left.size], [0, 0]);
  });
}

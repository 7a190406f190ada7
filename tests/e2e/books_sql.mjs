// A company's own database, as examples/sql.toml has it: the demo company in SQLite, and the same in PostgreSQL with the types
// that a company there would have. Both are asked directly for the books that the tools' answers are compared with.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { booksOf, sharedBooks } from './books.mjs';
import { asker, company } from './company.mjs';
import { run, source, workspace } from './harness.mjs';

export const user = 'assistant';
export const password = 'Canary-7e1d-Password';
export const today = '2026-10-15';

const example = readFileSync(join(source, 'examples/sql.toml'), 'utf8');

// The example with another url. PostgreSQL's tables hold decimals instead of cents. more: of the upstream's section.
export function configuration(url, more = '') {
  const text = example.replace(/^url = .*$/m, `url = "${url}"\n${more}`).replace('source = "sql"', `source = "sql"\ntoday = "${today}"`);
  return url.startsWith('sqlite') ? text : text.replaceAll('_cents', '');
}

export function demoDatabase(t) {
  const place = company(t);
  const { code, stderr } = run(['tools', 'call', 'erp_categories', ...place.words, '--state', `${place.state}-sql`]); // writes the file
  assert.equal(code, 0, stderr);
  return { file: place.database, books: sharedBooks(booksOf(asker(place))) };
}

export function place(t, url, more = '', edit = (text) => text) {
  const made = workspace(t);
  const config = made.file('tomada.toml', edit(configuration(url, more)));
  return { ...made, config, words: ['--config', config], state: made.state, env: { BOOKS_PASSWORD: password } };
}

// What moves the demo company into PostgreSQL: statements, and rows for COPY. Cents become decimals, 0 and 1 booleans.
const tables = ['company', 'partners', 'categories', 'departments', 'products', 'orders', 'order_items', 'invoices', 'titles', 'accounts', 'movements'];

function columnsOf(file, table) {
  return JSON.parse(execFileSync('sqlite3', ['-json', '-readonly', file, `PRAGMA table_info(${table})`], { encoding: 'utf8' })).map(({ name, type }) => {
    if (name.endsWith('_cents')) return { name: name.slice(0, -6), type: 'numeric(14,2)', from: `printf('%s%d.%02d', iif(${name} < 0, '-', ''), abs(${name}) / 100, abs(${name}) % 100)` };
    if (name.startsWith('is_')) return { name, type: 'boolean', from: `iif(${name}, 't', 'f')` };
    if (name.endsWith('_on') || name === 'today') return { name, type: 'date', from: name };
    return { name, type: type === 'INTEGER' ? 'bigint' : 'text', from: name };
  });
}

export function asScript(file) {
  let script = '';
  for (const table of tables) {
    const columns = columnsOf(file, table);
    script += `CREATE TABLE ${table}(${columns.map(({ name, type }) => `${name} ${type}`).join(', ')});\n`;
    const rows = execFileSync('sqlite3', ['-csv', '-readonly', '-newline', '\n', file, `SELECT ${columns.map(({ from }) => from).join(', ')} FROM ${table}`], { encoding: 'utf8', maxBuffer: 64 << 20 });
    script += `COPY ${table} FROM STDIN WITH (FORMAT csv);\n${rows}\\.\n`;
  }
  return `${script}CREATE INDEX ON titles(due_on); CREATE INDEX ON order_items(order_id);\n`;
}

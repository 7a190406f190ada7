// The demo company as its own database has it: what the tools say is compared with a direct question in SQL.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { run, workspace } from './harness.mjs';

export const today = '2026-10-15';
export const companyName = 'Aurora Embalagens e Descartáveis Ltda';
export const companyTaxId = '12.345.678/0001-95';

// A configuration whose demo company is written to a file, with the predecessor's tools too.
export function company(t) {
  const place = workspace(t);
  const database = join(place.folder, 'company.db');
  const config = place.file(
    'company.toml',
    `[plugin.erp]\ncompat = true\ntoday = "${today}"\ndemo_file = "${database}"\n[plugin.system]\n[plugin.health]\n[plugin.alerts]\n`,
  );
  return { words: ['--config', config], database, state: place.state };
}

const answers = new Map(); // the company is the same every time, so a question is asked once

export function asker({ words, database, state }) {
  return (query) => {
    if (!answers.has(query)) {
      if (!existsSync(database)) run(['tools', 'call', 'erp_categories', ...words, '--state', `${state}-sql`]);
      const text = execFileSync('sqlite3', ['-json', '-readonly', database, query], { encoding: 'utf8', maxBuffer: 64 << 20 });
      answers.set(query, text.trim() ? JSON.parse(text) : []);
    }
    return answers.get(query);
  };
}

export function money(cents) {
  const digits = String(Math.abs(cents)).padStart(3, '0');
  return `${cents < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

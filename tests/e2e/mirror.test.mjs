// The copy from which questions over everything are answered: whole, exact, fresh, and there when the ERP is not.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { facts, result } from './asked.mjs';
import { modernMeta, pipe, simulator, sleep, until, workspace } from './harness.mjs';

const pages = 30; // of a hundred titles each
const lifted = ['--per-ip-minute', '1000000', '--per-method-minute', '1000000', '--concurrency', '100', '--redundancy-seconds', '0'];
const now = () => {
  const [day, time] = new Date(Date.now() - 3 * 3_600_000).toISOString().split('T');
  return `${day.split('-').reverse().join('/')} ${time.slice(0, 8)}`;
};
const today = now().split(' ')[0];

async function erp(t, words = []) {
  const url = await simulator(t, ['--titles', String(pages * 100), '--orders', '400', '--customers', '300', ...lifted, ...words]);
  const post = async (path, body) => (await fetch(url + path, { method: 'POST', body: JSON.stringify(body) })).text();
  return {
    url, change: (changes) => post('/__change', { at: now(), ...changes }), trouble: (mode, count) => post('/__trouble', { mode, count }),
    asked: async (method) => (await (await fetch(`${url}/__statistics`)).json()).methods[method]?.requests ?? 0,
  };
}

// more: keys of the instance; two places of one state folder are two processes.
function place(t, { url }, more = '', made = workspace(t)) {
  const config = made.file(
    `${Math.random()}.toml`,
    `call_timeout = "20s"\n[upstream.omie]\nkind = "omie"\nurl = "${url}/api/v1/"\nper_minute = 1000000\nper_minute_total = 1000000\nresponse_window = "1s"
[plugin.erp]\nsource = "omie"\nupstream = "omie"\napp_key = "1234567890123"\napp_secret = "0123456789abcdef0123456789abcdef"\nmirror_seconds = 1\n${more}\n`,
  );
  return { ...made, words: ['--config', config], state: made.state };
}

const questions = [
  ['erp_ageing', { direction: 'receivable', response_format: 'detailed', limit: 100 }], ['erp_ageing', { direction: 'payable', limit: 100 }],
  ['erp_sales', { group_by: 'customer', limit: 100 }], ['erp_sales', { group_by: 'product', limit: 100 }], ['erp_sales', {}],
  ['erp_cash_flow', { interval: 'week', periods: 10 }], ['erp_products', { no_sale_days: 30, limit: 100 }],
];
const withoutTime = ({ as_of, ...facts }) => facts;

async function sameAsTheLists(t, simulated, mirrored) {
  const direct = pipe(t, place(t, simulated, 'mirror = false'));
  for (const [name, args] of questions) {
    const [copied, listed] = [await facts(mirrored, name, { ...args, fresh: true }), await facts(direct, name, args)];
    assert.equal('partial' in listed, false);
    assert.deepEqual(withoutTime(copied), withoutTime(listed), `${name} ${JSON.stringify(args)}`);
  }
  await direct.stop();
}

test('the copy says to the cent what the lists say, also after payments, cancellations, deletions and new titles', async (t) => {
  const simulated = await erp(t);
  const server = pipe(t, place(t, simulated));
  await sameAsTheLists(t, simulated, server);
  const { items } = await facts(server, 'erp_receivables', { status: 'open', limit: 5 });
  const [paid, cancelled, deleted] = items.map(({ id }) => Number(id));
  await simulated.change({
    titulos: [
      { codigo_lancamento_omie: paid, data_pagamento: today }, { codigo_lancamento_omie: cancelled, cancelado: 'S' }, { codigo_lancamento_omie: deleted, excluir: 'S' },
      { cNatureza: 'R', valor_documento: 1234.56, data_vencimento: today }, { cNatureza: 'P', valor_documento: 0.07, data_vencimento: today },
    ],
  });
  await sleep(1_100);
  const asked = await simulated.asked('ListarMovimentos');
  const { summary } = await facts(server, 'erp_ageing', { fresh: true });
  assert.ok((await simulated.asked('ListarMovimentos')) - asked < pages, 'what has changed is asked for, not everything');
  const listed = await facts(server, 'erp_receivables', { fresh: true });
  assert.equal(summary.open, listed.summary.open);
  await sleep(1_100);
  await sameAsTheLists(t, simulated, server);
});

test('a copy cut short by kill -9 is continued by the next process, and never answers as whole', async (t) => {
  const simulated = await erp(t, ['--latency-ms', '60']);
  const made = place(t, simulated);
  const first = pipe(t, made);
  first.send({ jsonrpc: '2.0', id: 1, method: 'tools/call', params: { name: 'erp_ageing', arguments: {}, _meta: { ...modernMeta, progressToken: 'p' } } });
  for (;;) {
    const heard = await first.answer();
    assert.equal(heard.method, 'notifications/progress', 'nothing is answered while it is being copied');
    assert.match(heard.params.message, /copying omie|asking/);
    if (heard.params.total > 0 && heard.params.progress >= 1_000) break;
  }
  await first.stop('SIGKILL');
  const before = await simulated.asked('ListarMovimentos');
  assert.ok(before >= 10 && before < pages, `${before} pages`);
  const short = pipe(t, place(t, simulated, '', made));
  const answer = await result(short, 'erp_ageing', {});
  assert.ok(!answer.isError, JSON.stringify(answer.content));
  assert.equal(answer.structuredContent.summary.open, (await facts(short, 'erp_receivables', {})).summary.open);
  const after = await simulated.asked('ListarMovimentos');
  assert.ok(after - before < pages - before + 22, `${after - before} pages more, of ${pages}`); // the rest, a page again, changes, counts, the direct list
});

test('two processes copy once, and both answer', async (t) => {
  const simulated = await erp(t, ['--latency-ms', '10']);
  const made = place(t, simulated);
  const [one, other] = [pipe(t, made), pipe(t, made)];
  const [a, b] = await Promise.all([facts(one, 'erp_ageing', {}), facts(other, 'erp_ageing', {})]);
  assert.deepEqual(withoutTime(a), withoutTime(b));
  const asked = await simulated.asked('ListarMovimentos');
  assert.ok(asked < pages * 1.5, `${asked} pages`);
});

test('when the ERP is gone the copy answers, says as of when and why not as of now', async (t) => {
  const simulated = await erp(t);
  const server = pipe(t, place(t, simulated));
  const before = await facts(server, 'erp_ageing', {});
  const flow = await facts(server, 'erp_cash_flow', {});
  await sleep(1_100);
  await simulated.trouble('drop', 100_000);
  const after = await facts(server, 'erp_ageing', { fresh: true });
  assert.deepEqual(after.summary, before.summary);
  assert.match(after.stale, /omie/);
  assert.ok(Date.parse(after.as_of) >= Date.parse(before.as_of) && Date.parse(after.as_of) <= Date.now() - 1_000);
  const still = await facts(server, 'erp_cash_flow', { fresh: true });
  assert.deepEqual([still.opening, still.open], [flow.opening, flow.open]);
  assert.ok(still.stale);
  const answer = await result(server, 'erp_ageing', { fresh: true });
  assert.match(answer.content[0].text, /not of now/);
});

test('a second account has a copy of its own, in a folder that nobody else can read', async (t) => {
  const simulated = await erp(t);
  const made = place(t, simulated);
  await facts(pipe(t, made), 'erp_ageing', {});
  const asked = await simulated.asked('ListarMovimentos');
  const another = place(t, simulated, '', made);
  const text = readFileSync(another.words[1], 'utf8').replace('1234567890123', '9876543210987');
  await facts(pipe(t, { ...another, words: ['--config', made.file('another.toml', text)] }), 'erp_ageing', {});
  assert.ok((await simulated.asked('ListarMovimentos')) >= asked + pages);
  const folder = join(made.state, 'plugins', 'erp');
  assert.equal(statSync(folder).mode & 0o777, 0o700);
  const copies = readdirSync(folder).filter((name) => name.endsWith('.db'));
  assert.equal(copies.length, 2);
  for (const name of copies) assert.equal(statSync(join(folder, name)).mode & 0o777, 0o600);
  assert.ok(!copies.some((name) => name.includes('1234567890123')));
});

test('a call that may not take that long says how far the copying is, and that it goes on', async (t) => {
  const simulated = await erp(t, ['--latency-ms', '150']);
  const made = place(t, simulated);
  const text = readFileSync(made.words[1], 'utf8').replace('"20s"', '"3s"');
  const server = pipe(t, { ...made, words: ['--config', made.file('short.toml', text)] });
  const answer = await result(server, 'erp_ageing', {});
  assert.equal(answer.isError, true);
  assert.match(answer.content[0].text, /being copied.*titles \d+ of \d+.*ask again/);
  await until(async () => !(await result(server, 'erp_ageing', {})).isError, 'the copy is whole', 20_000);
});

// How long a question over everything takes: cold, when all of a long list must be copied first, and warm. A small company
// here; 100 000 titles, also at the ERP's real limits, in `make proof`.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { facts } from './asked.mjs';
import { modernMeta, pipe, simulator, workspace } from './harness.mjs';

const titles = Number(process.env.TOMADA_TITLES ?? 3_000);
const company = ['--titles', String(titles), '--orders', String(titles / 5), '--customers', String(titles / 10)];
const seconds = (ms) => `${(ms / 1_000).toFixed(1)} s`;
const middle = (times) => times.toSorted((a, b) => a - b)[times.length >> 1];

function place(t, url, upstream = '') {
  const made = workspace(t);
  const config = made.file(
    'tomada.toml',
    `call_timeout = "1h"\n[upstream.omie]\nkind = "omie"\nurl = "${url}/api/v1/"\n${upstream}
[plugin.erp]\nsource = "omie"\nupstream = "omie"\napp_key = "1234567890123"\napp_secret = "0123456789abcdef0123456789abcdef"\nmirror_seconds = 3600\n`,
  );
  return { words: ['--config', config], state: made.state };
}

// The first question, with the progress that its caller hears.
async function cold(server) {
  const begin = performance.now();
  const params = { name: 'erp_cash_flow', arguments: {}, _meta: { ...modernMeta, progressToken: 'cold' } };
  server.send({ jsonrpc: '2.0', id: 1, method: 'tools/call', params });
  const heard = [];
  for (;;) {
    const message = await server.answer();
    if (message.method === 'notifications/progress') heard.push(message.params.progress);
    else return { ms: performance.now() - begin, heard, facts: message.result.structuredContent };
  }
}

async function warm(server) {
  const out = {};
  for (const [name, args] of [['erp_cash_flow', {}], ['erp_ageing', {}], ['erp_sales', { group_by: 'customer' }], ['erp_sales', { group_by: 'product' }]]) {
    await facts(server, name, { ...args, fresh: true }); // past the cache of results, to the copy
    const times = [];
    for (let i = 0; i < 9; ++i) {
      const begin = performance.now();
      await facts(server, name, { ...args, fresh: true });
      times.push(performance.now() - begin);
    }
    out[`${name} ${args.group_by ?? ''}`.trim()] = middle(times);
  }
  return out;
}

test(`a question over ${titles} titles, without limits: cold and warm`, async (t) => {
  const url = await simulator(t, [...company, '--per-ip-minute', '10000000', '--per-method-minute', '10000000']);
  const four = ['ListarMovimentos', 'ListarPedidos'].map((method) => `[upstream.omie.method.${method}]\nmax_concurrent = 4`).join('\n');
  const server = pipe(t, place(t, url, `per_minute = 1000000\nper_minute_total = 1000000\n${four}`));
  const first = await cold(server);
  assert.ok(first.heard.length > 0, 'its caller hears of the progress');
  assert.ok(first.facts.periods.length > 0);
  const times = await warm(server);
  t.diagnostic(`cold: ${seconds(first.ms)} for ${titles} titles, ${first.heard.length} notes of progress`);
  for (const [name, ms] of Object.entries(times)) t.diagnostic(`warm: ${name} ${ms.toFixed(1)} ms`);
});

test('the same at the real limits, with others asking meanwhile', { skip: !process.env.TOMADA_REAL_LIMITS }, async (t) => {
  const url = await simulator(t, [...company, '--concurrency-of', 'ListarMovimentos=1', '--concurrency-of', 'ListarPedidos=1']);
  const made = place(t, url);
  const server = pipe(t, made);
  const copying = cold(server);
  const other = pipe(t, made);
  const times = [];
  let isOver = false;
  copying.then(() => (isOver = true));
  for (let i = 0; !isOver; ++i) {
    const begin = performance.now();
    const { total } = await facts(other, 'erp_receivables', { due_from: '2026-11-01', due_to: '2026-11-30', min_amount: i + 1, limit: 1 });
    assert.ok(total >= 0);
    times.push(performance.now() - begin);
    await new Promise((resolve) => setTimeout(resolve, 2_000));
  }
  const first = await copying;
  const pages = Math.ceil(titles / 100);
  const { refused, blocks } = await (await fetch(`${url}/__statistics`)).json();
  t.diagnostic(`cold at the limits: ${seconds(first.ms)}; ${pages} pages at 240 a minute would be ${seconds((pages / 240) * 60_000)}, at the 162 that a copy takes ${seconds((pages / 162) * 60_000)}`);
  t.diagnostic(`meanwhile ${times.length} other questions: middle ${middle(times).toFixed(0)} ms, slowest ${Math.max(...times).toFixed(0)} ms; refused ${JSON.stringify(refused)}, blocks ${blocks}`);
  assert.deepEqual([refused, blocks], [{}, 0]);
});

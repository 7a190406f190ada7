// Callers that leave while the ERP is at work: it is asked once, its answer is kept, and the end of the server is clean.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { legacy, modern, modernHeaders, post, serve, simulator, until, workspace } from './harness.mjs';

async function onOmie(t, words) {
  const place = workspace(t);
  const url = await simulator(t, words);
  const config = place.file(
    'tomada.toml',
    `[upstream.omie]\nurl = "${url}/api/v1/"\nkind = "omie"\n\n[plugin.erp]\nsource = "omie"\nupstream = "omie"\n` +
      'app_key = "1234567890123"\napp_secret = "0123456789abcdef0123456789abcdef"\n',
  );
  const start = () => serve(t, { state: place.state, words: ['--config', config] });
  const statistics = async () => (await fetch(url + '/__statistics')).json();
  return { start, statistics, server: await start() };
}

const question = (id, name, args = {}) => modern(id, 'tools/call', { name, arguments: args });
const ask = async (server, message) => (await post(server.url, message, modernHeaders(message))).json.result;

// Asks and hangs up as soon as the ERP has been asked.
async function askAndLeave(server, statistics, message, headers) {
  const leaving = new AbortController();
  const answer = fetch(server.url, { method: 'POST', body: JSON.stringify(message), headers, signal: leaving.signal });
  await until(async () => (await statistics()).requests === 1, 'the ERP was asked');
  leaving.abort();
  await assert.rejects(answer);
}

test('what a caller left behind is the answer of the next, and a copy says when a new look is possible', async (t) => {
  const { server, statistics } = await onOmie(t, ['--latency-ms', '800']);
  const message = question(1, 'erp_categories');
  await askAndLeave(server, statistics, message, modernHeaders(message));
  const result = await ask(server, question(2, 'erp_categories'));
  assert.ok(!result.isError, result.content[0].text);
  const fresh = (await ask(server, question(3, 'erp_categories', { fresh: true })))._meta['tomada/freshness'];
  assert.equal(fresh.origin, 'cache');
  assert.equal(fresh.as_of, result._meta['tomada/freshness'].as_of);
  assert.ok(fresh.refresh_in_ms > 0 && fresh.refresh_in_ms <= 60_000, JSON.stringify(fresh));
  const { requests, refused } = await statistics();
  assert.equal(requests, 1);
  assert.deepEqual(refused, {});
});

test('told to stop while nobody waits for a call any more, it ends cleanly and does not ask again at once', async (t) => {
  const { server, start, statistics } = await onOmie(t, ['--latency-ms', '60000']);
  const headers = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };
  const message = legacy(1, 'tools/call', { name: 'erp_categories', arguments: {} });
  await askAndLeave(server, statistics, message, headers); // in this era hanging up cancels nothing
  assert.equal((await server.stop()).code, 0, server.log);
  const result = await ask(await start(), question(2, 'erp_categories'));
  assert.equal(result.isError, true);
  assert.match(result.content[0].text, /try again in \d+ s/);
  assert.equal((await statistics()).requests, 1);
});

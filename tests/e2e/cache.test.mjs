// tomada cache: what running servers keep, and how to make them forget it.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { failureOf, modern, modernHeaders, pipe, post, run, serve, until, workspace } from './harness.mjs';

const question = () => modern(1, 'tools/call', { name: 'erp_receivables', arguments: { limit: 1 } });
const origin = (answer) => answer.result._meta['tomada/freshness'].origin;
const stats = (state) => {
  const { processes } = JSON.parse(run(['cache', 'stats', '--format', 'json', '--state', state]).stdout);
  return processes.sort((a, b) => a.hits - b.hits);
};

test('cache stats and cache clear reach every process of the state folder', async (t) => {
  const { state } = workspace(t);
  const server = await serve(t, { state });
  const client = pipe(t, { state });
  const ask = async () => (await post(server.url, question(), modernHeaders(question()))).json;
  assert.equal(origin(await ask()), 'live');
  assert.equal(origin(await ask()), 'cache');
  assert.equal(origin(await client.ask(question())), 'live');
  const [quiet, busy] = stats(state);
  assert.deepEqual([quiet.hits, quiet.misses, quiet.entries], [0, 1, 1]);
  assert.deepEqual([busy.hits, busy.misses, busy.entries], [1, 1, 1]);
  assert.match(run(['cache', 'stats', '--state', state]).stdout, /^PROCESS .*\n[0-9a-f]{16} .*\n[0-9a-f]{16} .*\n$/);
  assert.equal(run(['cache', 'clear', '--state', state]).stdout, 'cleared in 2 processes\n');
  assert.deepEqual(stats(state).map(({ entries, bytes }) => [entries, bytes]), [[0, 0], [0, 0]]);
  assert.equal(origin(await ask()), 'live');
});

test('a state folder that no server runs on says so', (t) => {
  const { state } = workspace(t);
  const done = run(['cache', 'clear', '--state', state]);
  assert.equal(done.code, 1);
  assert.match(failureOf(done).message, /no server is running with this state folder/);
});

test('what was in use is known after a restart, and to no other configuration', async (t) => {
  const place = workspace(t);
  const config = place.file('tomada.toml', '[plugin.erp]\nsource = "demo"\n');
  const start = () => serve(t, { state: place.state, words: ['--config', config] });
  const ask = async (server) => (await post(server.url, question(), modernHeaders(question()))).json;
  const first = await start();
  for (const expected of ['live', 'cache', 'cache']) assert.equal(origin(await ask(first)), expected);
  await first.stop('SIGTERM');
  const second = await start();
  await until(() => stats(place.state)[0].entries === 1, 'the last run is known');
  const answer = await ask(second);
  assert.equal(origin(answer), 'cache');
  assert.ok(answer.result._meta['tomada/freshness'].age_ms > 0);
  await second.stop('SIGTERM');
  place.file('tomada.toml', '[plugin.erp]\nsource = "demo"\n[role.other]\ntools = ["erp_*"]\n');
  assert.equal(origin(await ask(await start())), 'live');
});

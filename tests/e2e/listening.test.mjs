// Changes reach whoever listens: the modern era's streams, the older eras' sessions, pipes.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { ToolListChangedNotificationSchema } from '@modelcontextprotocol/sdk/types.js';

import { connect, ways } from './clients.mjs';
import { initialize, modern, pipe, post, serve, until, workspace } from './harness.mjs';
import { frame, listen, stream } from './streams.mjs';

const tag = 'io.modelcontextprotocol/subscriptionId';
const count = Number(process.env.TOMADA_STREAMS ?? 100);

// A configuration whose list of tools a SIGHUP changes.
function changing(t) {
  const place = workspace(t);
  const path = place.file('tomada.toml', '[plugin.system]\n');
  let round = 0;
  return {
    state: place.state,
    words: ['--config', path],
    change(child) {
      writeFileSync(path, `[plugin.system]\nprefix = "v${++round}_"\n`);
      child.kill('SIGHUP');
    },
  };
}

const memory = (pid) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]);

test('every open stream hears of a change within a second, under its own id, and costs little', async (t) => {
  const { change, ...options } = changing(t);
  const server = await serve(t, options);
  await Promise.all(Array.from({ length: 8 }, (_, i) => listen(t, server.url, `warm ${i}`).opened));
  const before = memory(server.child.pid);
  const streams = Array.from({ length: count }, (_, i) => listen(t, server.url, i));
  await Promise.all(streams.map((one) => frame(one, 0)));
  const each = (memory(server.child.pid) - before) / count;
  t.diagnostic(`${count} streams, ${each.toFixed(1)} kB each`);
  streams.forEach((one, i) => {
    assert.equal(one.frames[0].method, 'notifications/subscriptions/acknowledged');
    assert.deepEqual(one.frames[0].params, { notifications: { toolsListChanged: true }, _meta: { [tag]: i } });
  });
  change(server.child);
  await until(() => server.log.includes('"reloaded"'), 'the configuration is read again');
  const told = performance.now();
  await Promise.all(streams.map((one) => frame(one, 1)));
  const last = Math.max(...streams.map((one) => one.times[1])) - told;
  t.diagnostic(`the last one heard ${last.toFixed(0)} ms after the reload`);
  streams.forEach((one, i) => {
    assert.equal(one.frames[1].method, 'notifications/tools/list_changed');
    assert.equal(one.frames[1].params._meta[tag], i);
  });
  if (count >= 1000) assert.ok(last < 1000 && each < 20, `${last} ms, ${each} kB`);
});

test('at SIGTERM a stream ends with its response, and the process with 0', async (t) => {
  const server = await serve(t);
  const one = listen(t, server.url, 'one');
  await frame(one, 0);
  const exit = server.stop();
  const response = await frame(one, 1);
  assert.equal(response.id, 'one');
  assert.equal(response.result.resultType, 'complete');
  assert.equal(response.result._meta[tag], 'one');
  assert.equal(await one.ended, 'ended');
  const { code, ms } = await exit;
  assert.equal(code, 0);
  assert.ok(ms < 5000, `${ms} ms`);
});

test('a pipe carries several streams beside calls, until they are cancelled or the client goes', async (t) => {
  const { change, ...options } = changing(t);
  const child = pipe(t, options);
  for (const id of [1, 'two']) {
    const acknowledged = await child.ask(modern(id, 'subscriptions/listen', { notifications: { toolsListChanged: true } }));
    assert.equal(acknowledged.params._meta[tag], id);
  }
  change(child.child);
  const told = [await child.answer(), await child.answer()];
  assert.deepEqual(told.map(({ params }) => params._meta[tag]), [1, 'two']);
  child.send({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 'two' } });
  assert.equal((await child.ask(modern(3, 'tools/list'))).id, 3);
  change(child.child);
  assert.equal((await child.answer()).params._meta[tag], 1);
  const begin = performance.now();
  child.end();
  const last = await child.answer();
  assert.equal(last.id, 1);
  assert.equal(last.result._meta[tag], 1);
  assert.equal((await child.exit).code, 0);
  assert.ok(performance.now() - begin < 2000);
});

test('an older client hears of a change on the stream of its session', async (t) => {
  const { change, ...options } = changing(t);
  const server = await serve(t, options);
  const begun = await post(server.url, initialize(1, '2025-06-18'));
  const session = begun.headers.get('mcp-session-id');
  const headers = { accept: 'text/event-stream', 'mcp-session-id': session, 'mcp-protocol-version': '2025-06-18' };
  const open = stream(t, server.url, { method: 'GET', headers });
  assert.equal((await open.opened).status, 200);
  assert.equal((await stream(t, server.url, { method: 'GET', headers }).opened).status, 409);
  change(server.child);
  assert.deepEqual(await frame(open, 0), { jsonrpc: '2.0', method: 'notifications/tools/list_changed' });
  const end = await fetch(server.url, { method: 'DELETE', headers });
  assert.equal(end.status, 204);
  assert.equal(await open.ended, 'ended');
  assert.equal((await fetch(server.url, { method: 'DELETE', headers })).status, 404);
  assert.equal((await post(server.url, initialize(1), { 'mcp-session-id': session })).status, 200);
});

for (const way of ways) {
  test(`${way.name}: is told when the tools change`, async (t) => {
    const { change, ...options } = changing(t);
    let told;
    const heard = new Promise((resolve) => (told = resolve));
    const handlers = { listChanged: { tools: { onChanged: (error, tools) => told({ error, tools }) } } };
    const isOld = way.generation === '1.x';
    const client = await connect(t, way, {
      ...options,
      options: isOld ? {} : handlers,
      prepare: (made) => isOld && made.setNotificationHandler(ToolListChangedNotificationSchema, () => told({})),
    });
    assert.ok(client.getServerCapabilities().tools.listChanged);
    change(client.child);
    const { error, tools } = await heard;
    assert.ok(!error, String(error));
    const names = (tools ?? (await client.listTools()).tools).map(({ name }) => name);
    assert.ok(names.includes('v1_get_system_metrics'), names.join());
  });
}

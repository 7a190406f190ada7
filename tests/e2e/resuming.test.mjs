// A client of the older revisions that loses a stream takes it up again.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';

import { atEnd, initialize, post, program, serve, until, workspace } from './harness.mjs';
import { frame, stream } from './streams.mjs';

const progressing = { jsonrpc: '2.0', id: 5, method: 'tools/call', params: { name: 'test_tool_with_progress', _meta: { progressToken: 'p' } } };

async function fixtures(t) {
  const config = workspace(t).file('tomada.toml', '[plugin.conformance]\n');
  const folders = ['plugins', 'test-plugins'].flatMap((name) => ['--plugins', join(program, '../../lib/tomada', name)]);
  return serve(t, { words: ['--config', config, ...folders] });
}

async function begin(server, revision) {
  const begun = await post(server.url, initialize(1, revision));
  return { accept: 'application/json, text/event-stream', 'mcp-session-id': begun.headers.get('mcp-session-id'), 'mcp-protocol-version': revision };
}

const open = (t, server, headers, body) =>
  stream(t, server.url, body ? { body, headers: { ...headers, 'content-type': 'application/json' } } : { method: 'GET', headers });

for (const revision of ['2025-03-26', '2025-06-18', '2025-11-25']) {
  test(`${revision}: a call goes on when its connection is lost, and its answer is there for who comes back`, async (t) => {
    const server = await fixtures(t);
    const headers = await begin(server, revision);
    const first = open(t, server, headers, progressing);
    assert.equal((await frame(first, 0)).params.progress, 0);
    const heard = first.lastId;
    first.close();
    const second = open(t, server, { ...headers, 'last-event-id': heard });
    assert.equal((await frame(second, 0)).params.progress, 50);
    const last = await frame(second, 2);
    assert.equal(last.id, 5);
    assert.equal(await second.ended, 'ended');
    const again = open(t, server, { ...headers, 'last-event-id': heard });
    assert.deepEqual(await frame(again, 2), last);
    const nothing = await open(t, server, { ...headers, 'last-event-id': second.lastId }).opened;
    assert.equal(nothing.status, 204);
  });
}

test('an id of another session, of the future or of nobody is refused alike, and its session goes on', async (t) => {
  const server = await fixtures(t);
  const [one, two] = [await begin(server, '2025-11-25'), await begin(server, '2025-11-25')];
  const call = open(t, server, one, progressing);
  await call.ended;
  const next = call.lastId.replace(/\d+$/, (number) => Number(number) + 1);
  for (const [headers, id] of [[two, call.lastId], [one, next], [one, 'no such id'], [one, '0'.repeat(20_000)], [one, '-'], [one, '%00']]) {
    const refused = await fetch(server.url, { headers: { ...headers, 'last-event-id': id } });
    assert.equal(refused.status, 400, id);
    assert.match((await refused.json()).error.message, /unknown, or what came after it is no longer kept/);
  }
  const { status } = await fetch(server.url, { headers: { ...one, 'mcp-session-id': two['mcp-session-id'] + '0', 'last-event-id': call.lastId } });
  assert.equal(status, 404);
  assert.equal((await post(server.url, { jsonrpc: '2.0', id: 9, method: 'ping' }, one)).status, 200);
});

test('a tool lets its client go: the official client comes back by itself for the answer', async (t) => {
  const server = await fixtures(t);
  const client = new Client({ name: 'e2e', version: '1' });
  const gets = [];
  const watching = (url, init) => {
    if (init?.method === 'GET') gets.push(new Headers(init.headers).get('last-event-id'));
    return fetch(url, init);
  };
  await client.connect(new StreamableHTTPClientTransport(new URL(server.url), { fetch: watching }));
  atEnd(t, () => client.close());
  const { content } = await client.callTool({ name: 'test_reconnection', arguments: {} });
  assert.equal(content[0].text, 'Reconnection test completed successfully.');
  await until(() => gets.some((id) => id), 'it came back with an id');
});

test('elsewhere the same tool answers on the connection that asked', async (t) => {
  const server = await fixtures(t);
  const headers = await begin(server, '2025-06-18');
  const call = { jsonrpc: '2.0', id: 5, method: 'tools/call', params: { name: 'test_reconnection' } };
  for (const more of [headers, { 'mcp-protocol-version': '2025-11-25' }]) {
    const answer = await post(server.url, call, more);
    assert.equal(answer.headers.get('content-type'), 'application/json');
    assert.equal(answer.json.id, 5);
  }
});

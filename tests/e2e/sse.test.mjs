// HTTP+SSE, the transport of 2024-11-05, with the official client and with bytes that no client sends.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { SSEClientTransport } from '@modelcontextprotocol/sdk/client/sse.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { ElicitRequestSchema, ToolListChangedNotificationSchema } from '@modelcontextprotocol/sdk/types.js';

import { atEnd, initialize, legacy, post, program, serve, until, workspace } from './harness.mjs';
import { frame, stream } from './streams.mjs';

const folders = ['plugins', 'test-plugins'].flatMap((name) => ['--plugins', join(program, '../../lib/tomada', name)]);

async function serveSse(t, more = '', http = '') {
  const config = workspace(t).file('tomada.toml', `[http]\nsse = true\n${http}[plugin.conformance]\n${more}`);
  const server = await serve(t, { words: ['--config', config, ...folders] });
  return Object.assign(server, { sse: `${server.origin}/sse` });
}

async function connect(t, server, { capabilities = {}, prepare = () => {}, headers = {} } = {}) {
  const client = new Client({ name: 'e2e', version: '1' }, { capabilities });
  prepare(client);
  await client.connect(new SSEClientTransport(new URL(server.sse), { requestInit: { headers } }));
  atEnd(t, () => client.close());
  return client;
}

// A raw stream and where it says that frames go.
async function open(t, server, headers = {}) {
  const out = stream(t, server.sse, { method: 'GET', headers: { accept: 'text/event-stream', ...headers } });
  await out.opened;
  if (out.status === 200) await until(() => out.endpoint, 'the endpoint is named');
  return Object.assign(out, { messages: out.endpoint && server.origin + out.endpoint });
}

test('the official client lists, calls, hears progress, is asked, and hears of changes', async (t) => {
  const server = await serveSse(t);
  let changed = 0;
  const client = await connect(t, server, {
    capabilities: { elicitation: {} },
    prepare: (made) => {
      made.setRequestHandler(ElicitRequestSchema, async () => ({ action: 'accept', content: { username: 'ana', email: 'a@b.c' } }));
      made.setNotificationHandler(ToolListChangedNotificationSchema, () => changed++);
    },
  });
  const { tools } = await client.listTools();
  assert.ok(tools.some(({ name }) => name === 'test_simple_text'));
  const said = await client.callTool({ name: 'test_simple_text', arguments: {} });
  assert.equal(said.content[0].type, 'text');
  const heard = [];
  await client.callTool({ name: 'test_tool_with_progress', arguments: {} }, undefined, { onprogress: ({ progress }) => heard.push(progress) });
  assert.deepEqual(heard, [0, 50, 100]);
  const asked = await client.callTool({ name: 'test_elicitation', arguments: { message: 'Who?' } });
  assert.match(asked.content[0].text, /ana/);
  await client.callTool({ name: 'test_trigger_tool_change', arguments: {} });
  await until(() => changed === 1, 'the change is told');
  assert.equal((await client.readResource({ uri: 'test://static-text' })).contents.length, 1);
  const reconnected = await client.callTool({ name: 'test_reconnection', arguments: {} });
  assert.match(reconnected.content[0].text, /successfully/); // on the stream: there is nothing to come back to
});

test('two streams are two sessions; one that has gone takes nothing any more', async (t) => {
  const server = await serveSse(t);
  const [one, two] = [await open(t, server), await open(t, server)];
  assert.notEqual(one.messages, two.messages);
  assert.match(one.endpoint, /^\/messages\?sessionId=[0-9a-f]{32}$/);
  assert.equal((await post(one.messages, initialize(1, '2024-11-05'))).status, 202);
  assert.equal((await frame(one, 0)).result.protocolVersion, '2024-11-05');
  assert.equal(two.frames.length, 0);
  one.close();
  await until(async () => (await post(one.messages, legacy(2, 'ping'))).status === 404, 'the session ends with its stream');
  assert.equal((await post(two.messages, legacy(2, 'ping'))).status, 202);
  assert.equal((await frame(two, 0)).id, 2);
});

test('ids that are missing, unknown, overlong or strange are refused, and the session goes on', async (t) => {
  const server = await serveSse(t);
  const one = await open(t, server);
  const ping = legacy(1, 'ping');
  const to = (query) => post(`${server.origin}/messages${query}`, ping).then(({ status }) => status);
  for (const query of ['', '?', '?sessionId', '?sessionId=', '?sessionid=a', `?${one.endpoint.split('?')[1]}&${one.endpoint.split('?')[1]}`])
    assert.equal(await to(query), 400, query);
  for (const id of ['a', '0'.repeat(32), 'a'.repeat(20_000), '%00', '%ff', '..%2f', "'", one.endpoint.split('=')[1].toUpperCase() + 'A'])
    assert.equal(await to(`?sessionId=${id}`), 404, id.slice(0, 50));
  const begun = await post(server.url, initialize(1));
  assert.equal(await to(`?sessionId=${begun.headers.get('mcp-session-id')}`), 404);
  const crossed = await post(server.url, ping, { 'mcp-session-id': one.endpoint.split('=')[1] });
  assert.equal(crossed.status, 404);
  assert.equal((await post(one.messages, '{nonsense')).status, 400);
  assert.equal((await post(one.messages, ping, { 'content-type': 'text/plain' })).status, 415);
  assert.equal((await fetch(server.sse, { headers: { accept: 'application/json' } })).status, 406);
  assert.equal((await fetch(server.sse, { method: 'POST' })).status, 405);
  assert.equal((await fetch(server.sse, { headers: { origin: 'https://evil.example' } })).status, 403);
  assert.equal((await post(one.messages, ping)).status, 202);
  assert.equal((await frame(one, 0)).id, 1);
});

test('a key is needed where one is needed, and one holder does not reach the session of another', async (t) => {
  const [ana, bia] = ['a'.repeat(32), 'b'.repeat(32)];
  const server = await serveSse(t, `[auth]\nrequired = true\n[auth.key.ana]\nkey = "${ana}"\n[auth.key.bia]\nkey = "${bia}"\n`);
  const bearer = (key) => ({ authorization: `Bearer ${key}` });
  assert.equal((await fetch(server.sse, { headers: { accept: 'text/event-stream' } })).status, 401);
  const one = await open(t, server, bearer(ana));
  const ping = legacy(1, 'ping');
  assert.equal((await post(one.messages, ping)).status, 401);
  assert.equal((await post(one.messages, ping, bearer(bia))).status, 404);
  assert.equal((await post(one.messages, ping, bearer(ana))).status, 202);
  assert.equal((await frame(one, 0)).id, 1);
  assert.equal(one.frames.length, 1);
});

test('whoever listens is asked whether it is there; the official clients answer by themselves, a dead one loses its session', async (t) => {
  const server = await serveSse(t, '', 'ping_interval = "100ms"\n');
  const living = await connect(t, server);
  const streaming = new Client({ name: 'e2e', version: '1' });
  await streaming.connect(new StreamableHTTPClientTransport(new URL(server.url)));
  atEnd(t, () => streaming.close());
  const dead = await open(t, server);
  assert.equal(await dead.ended, 'ended');
  assert.deepEqual(dead.frames.map(({ method }) => method), ['ping', 'ping', 'ping']);
  assert.equal((await post(dead.messages, legacy(1, 'ping'))).status, 404);
  for (const client of [living, streaming]) assert.ok((await client.listTools()).tools.length);
});

test('it is off until it is turned on, and ends with the server', async (t) => {
  const off = await serve(t);
  assert.equal((await fetch(`${off.origin}/sse`)).status, 404);
  assert.equal((await post(`${off.origin}/messages?sessionId=a`, legacy(1, 'ping'))).status, 404);
  const server = await serveSse(t);
  assert.match(server.greeting, /\/sse/);
  const one = await open(t, server);
  const exit = server.stop();
  assert.equal(await one.ended, 'ended');
  assert.equal((await exit).code, 0);
});

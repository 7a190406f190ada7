// Whatever arrives, the answer says what was wrong, in order, and the next request on the same line works.
import assert from 'node:assert/strict';
import net from 'node:net';
import { test } from 'node:test';

import { initialize, legacy, modern, modernHeaders, modernMeta, pipe, post, serve } from './harness.mjs';

const deep = (levels) => '{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"a":' + '['.repeat(levels) + ']'.repeat(levels) + '}}';
const badText = Buffer.concat([Buffer.from('{"jsonrpc":"2.0","id":1,"method":"ping","x":"'), Buffer.from([0xff, 0xfe]), Buffer.from('"}')]);

// body, expected code, expected id (undefined: left out), HTTP status
const rows = [
  { what: 'no JSON at all', body: 'hello', code: -32700, status: 400 },
  { what: 'half a message', body: '{"jsonrpc":"2.0","id":1,', code: -32700, status: 400 },
  { what: 'a duplicate key', body: '{"jsonrpc":"2.0","id":1,"id":2,"method":"ping"}', code: -32700, status: 400 },
  { what: 'depth 10 000', body: deep(10_000), code: -32700, status: 400 },
  { what: 'invalid UTF-8', body: badText, code: -32700, status: 400 },
  { what: 'a number beyond all bounds', body: '{"jsonrpc":"2.0","id":1e400,"method":"ping"}', code: -32700, status: 400 },
  { what: 'an empty object', body: '{}', code: -32600, status: 400 },
  { what: 'a string', body: '"ping"', code: -32600, status: 400 },
  { what: 'a number', body: '42', code: -32600, status: 400 },
  { what: 'null', body: 'null', code: -32600, status: 400 },
  { what: 'an empty batch', body: '[]', code: -32600, status: 400 },
  { what: 'JSON-RPC 1.0', body: '{"jsonrpc":"1.0","id":1,"method":"ping"}', code: -32600, status: 400 },
  { what: 'a method that is no text', body: '{"jsonrpc":"2.0","id":1,"method":7}', code: -32600, status: 400 },
  { what: 'an id that is an object', body: '{"jsonrpc":"2.0","id":{},"method":"ping"}', code: -32600, status: 400 },
  { what: 'an id that is null', body: '{"jsonrpc":"2.0","id":null,"method":"ping"}', code: -32600, status: 400 },
  { what: 'params that are a list', body: '{"jsonrpc":"2.0","id":1,"method":"tools/list","params":[]}', code: [-32600, -32602], status: 400 },
  { what: 'an unknown modern method', body: modern(9, 'tools/destroy'), code: -32601, status: 404, id: 9 },
  { what: 'initialize in the modern era', body: modern(10, 'initialize'), code: -32601, status: 404, id: 10 },
  { what: 'an unknown tool', body: modern(11, 'tools/call', { name: 'nope', arguments: {} }), code: -32602, status: 200, id: 11 },
  { what: 'a call without a name', body: modern(12, 'tools/call', {}), code: -32602, status: [200, 400], id: 12 },
  {
    what: 'an unknown revision',
    body: legacy(13, 'tools/list', { _meta: { ...modernMeta, 'io.modelcontextprotocol/protocolVersion': '2099-01-01' } }),
    headers: { 'mcp-protocol-version': '2099-01-01' },
    code: -32022,
    status: 400,
    id: 13,
  },
];

const oneOf = (expected, actual) => [expected].flat().includes(actual);

test('over HTTP every bad message has its code and status, and the server goes on', async (t) => {
  const server = await serve(t);
  for (const row of rows) {
    const isModern = row.body?.params?._meta !== undefined;
    const headers = { ...(isModern ? modernHeaders(row.body) : {}), ...row.headers };
    const answer = await post(server.url, row.body, headers);
    assert.ok(oneOf(row.status, answer.status), `${row.what}: status ${answer.status}: ${answer.text}`);
    assert.ok(oneOf(row.code, answer.json?.error?.code), `${row.what}: ${answer.text}`);
    assert.ok(answer.json.error.message.length > 5, `${row.what} says what is wrong`);
    if (row.id !== undefined) assert.equal(answer.json.id, row.id, row.what);
    const next = await post(server.url, modern(99, 'tools/list'), modernHeaders(modern(99, 'tools/list')));
    assert.equal(next.status, 200, `after ${row.what}`);
  }
});

test('over the pipe every bad line has its code, in order, and the next line works', async (t) => {
  const server = pipe(t);
  for (const row of rows) {
    const isText = typeof row.body === 'string' || row.body instanceof Uint8Array;
    server.write(isText ? row.body : JSON.stringify(row.body));
    server.write('\n');
    server.send(modern(99, 'tools/list'));
    const answer = await server.answer();
    assert.ok(oneOf(row.code, answer.error?.code), `${row.what}: ${JSON.stringify(answer)}`);
    if (row.id !== undefined) assert.equal(answer.id, row.id, row.what);
    const next = await server.answer();
    assert.equal(next.id, 99, `after ${row.what}`);
    assert.ok(next.result.tools.length > 0, `after ${row.what}`);
  }
});

test('a request that contradicts its headers is refused before its method is looked at', async (t) => {
  const server = await serve(t);
  const list = modern(1, 'tools/list');
  const call = modern(2, 'tools/call', { name: 'get_system_metrics', arguments: {} });
  const cases = [
    [list, { ...modernHeaders(list), 'mcp-method': 'tools/call' }, -32020],
    [list, { ...modernHeaders(list), 'mcp-protocol-version': '2025-11-25' }, -32020],
    [call, { ...modernHeaders(call), 'mcp-name': 'other_tool' }, -32020],
    [call, { ...modernHeaders(call), 'mcp-name': '=?base64?!!!?=' }, -32020],
    [list, {}, -32020],
    [legacy(3, 'tools/list'), { 'mcp-protocol-version': '2026-07-28', 'mcp-method': 'tools/list' }, -32602],
  ];
  for (const [message, headers, code] of cases) {
    const answer = await post(server.url, message, headers);
    assert.equal(answer.status, 400, answer.text);
    assert.equal(answer.json.error.code, code, answer.text);
  }
  const encoded = Buffer.from('get_system_metrics').toString('base64');
  const good = await post(server.url, call, { ...modernHeaders(call), 'mcp-name': `=?base64?${encoded}?=` });
  assert.equal(good.status, 200, good.text);
});

test('a page from elsewhere cannot speak to the server', async (t) => {
  const server = await serve(t);
  const list = modern(1, 'tools/list');
  for (const origin of ['https://evil.example', 'null', 'http://127.0.0.1.evil.example']) {
    const answer = await post(server.url, list, { ...modernHeaders(list), origin });
    assert.equal(answer.status, 403, origin);
  }
  const own = await post(server.url, list, { ...modernHeaders(list), origin: 'http://localhost:3000' });
  assert.equal(own.status, 200, 'a page on this machine may');
  const { port } = new URL(server.url);
  const rebound = await raw(port, `POST /mcp HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 2\r\nContent-Type: application/json\r\n\r\n{}`);
  assert.match(rebound, /^HTTP\/1\.1 (403|421) /, 'a name that was pointed at this machine may not');
});

function raw(port, text) {
  return new Promise((resolve, reject) => {
    const socket = net.connect(port, '127.0.0.1', () => socket.write(text));
    let answer = '';
    socket.on('data', (bytes) => {
      answer += bytes;
      if (answer.includes('\r\n\r\n')) socket.end();
    });
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
  });
}

test('a body of 100 MB is refused without being read to memory', async (t) => {
  const server = await serve(t);
  const { port } = new URL(server.url);
  const head = `POST /mcp HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Type: application/json\r\nContent-Length: ${100 << 20}\r\n\r\n`;
  assert.match(await raw(port, head), /^HTTP\/1\.1 413 /);
  const list = modern(1, 'tools/list');
  assert.equal((await post(server.url, list, modernHeaders(list))).status, 200);
});

test('a line of 100 MB is refused, and the next line works', async (t) => {
  const server = pipe(t);
  const chunk = 'x'.repeat(1 << 20);
  for (let i = 0; i < 100; ++i) {
    if (!server.write(chunk)) await new Promise((resolve) => server.child.stdin.once('drain', resolve));
  }
  server.write('\n');
  const refused = await server.answer();
  assert.ok([-32700, -32600].includes(refused.error.code), JSON.stringify(refused));
  assert.equal((await server.ask(modern(2, 'tools/list'))).id, 2);
});

test('half a line before the end of input is answered as what it is, and the server ends well', async (t) => {
  const broken = pipe(t);
  broken.write('{"jsonrpc":"2.0","id":1,"meth');
  broken.end();
  assert.equal((await broken.answer()).error.code, -32700);
  assert.equal((await broken.exit).code, 0);

  const whole = pipe(t);
  whole.write(JSON.stringify(modern(5, 'tools/list'))); // the newline never comes
  whole.end();
  assert.equal((await whole.answer()).id, 5);
  assert.equal((await whole.exit).code, 0);
});

test('other verbs and paths are answered as HTTP has it', async (t) => {
  const server = await serve(t);
  assert.equal((await fetch(server.url)).status, 405);
  assert.equal((await fetch(server.url, { method: 'DELETE' })).status, 405);
  assert.equal((await fetch(server.origin + '/nothing')).status, 404);
  const list = modern(1, 'tools/list');
  assert.equal((await post(server.url, list, { ...modernHeaders(list), 'content-type': 'text/plain' })).status, 415);
});

test('legacy requests work without a handshake on HTTP, and ids come back as they were', async (t) => {
  const server = await serve(t);
  for (const id of [1, 'text', 9007199254740993n, -5]) {
    const body = `{"jsonrpc":"2.0","id":${typeof id === 'string' ? JSON.stringify(id) : id},"method":"ping"}`;
    const answer = await post(server.url, body);
    assert.ok(answer.text.includes(typeof id === 'string' ? JSON.stringify(id) : `${id}`), answer.text);
    assert.deepEqual(answer.json.result, {});
  }
});

test('both eras share one pipe', async (t) => {
  const server = pipe(t);
  assert.ok((await server.ask(modern(1, 'server/discover'))).result.supportedVersions.includes('2026-07-28'));
  const hello = await server.ask(initialize(2, '2025-06-18'));
  assert.equal(hello.result.protocolVersion, '2025-06-18');
  server.send({ jsonrpc: '2.0', method: 'notifications/initialized' });
  const list = await server.ask(legacy(3, 'tools/list'));
  assert.ok(!('resultType' in list.result));
  assert.equal((await server.ask(modern(4, 'tools/list'))).result.resultType, 'complete');
  assert.equal((await server.ask(initialize(5, '1999-01-01'))).result.protocolVersion, '2025-11-25');
});

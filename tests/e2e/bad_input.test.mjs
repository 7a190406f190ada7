// Whatever arrives, the answer says what was wrong, in order, and the next request on the same line works.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { checkError, connection, goesOn, raw, textOf } from './connection.mjs';
import { initialize, legacy, modern, modernHeaders, modernMeta, pipe, post, serve } from './harness.mjs';

const deep = (levels) => '{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{"a":' + '['.repeat(levels) + ']'.repeat(levels) + '}}';
const badText = Buffer.concat([Buffer.from('{"jsonrpc":"2.0","id":1,"method":"ping","x":"'), Buffer.from([0xff, 0xfe]), Buffer.from('"}')]);

// Expected code and HTTP status; id: what comes back, left out where none could be read.
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
  { what: 'JSON-RPC 1.0', body: '{"jsonrpc":"1.0","id":1,"method":"ping"}', code: -32600, status: 400, id: 1 },
  { what: 'a method that is no text', body: '{"jsonrpc":"2.0","id":1,"method":7}', code: -32600, status: 400, id: 1 },
  { what: 'an id that is an object', body: '{"jsonrpc":"2.0","id":{},"method":"ping"}', code: -32600, status: 400 },
  { what: 'an id that is a fraction', body: '{"jsonrpc":"2.0","id":1.5,"method":"ping"}', code: -32600, status: 400 },
  { what: 'an id that is null', body: '{"jsonrpc":"2.0","id":null,"method":"ping"}', code: -32600, status: 400 },
  { what: 'params that are a list', body: '{"jsonrpc":"2.0","id":1,"method":"tools/list","params":[]}', code: -32600, status: 400, id: 1 },
  { what: 'an unknown modern method', body: modern(9, 'tools/destroy'), code: -32601, status: 404, id: 9 },
  { what: 'initialize in the modern era', body: modern(10, 'initialize'), code: -32601, status: 404, id: 10 },
  { what: 'an unknown tool', body: modern(11, 'tools/call', { name: 'nope', arguments: {} }), code: -32602, status: 200, id: 11 },
  { what: 'a call without a name', body: modern(12, 'tools/call', {}), code: -32602, status: 200, id: 12 },
  { what: 'arguments that are a list', body: modern('x', 'tools/call', { name: 'get_system_metrics', arguments: [] }), code: -32602, status: 200, id: 'x' },
  { what: 'an envelope with a gap', body: legacy(14, 'tools/list', { _meta: { 'io.modelcontextprotocol/protocolVersion': '2026-07-28' } }), code: -32602, status: 400, id: 14 },
  {
    what: 'an unknown revision',
    body: legacy(13, 'tools/list', { _meta: { ...modernMeta, 'io.modelcontextprotocol/protocolVersion': '2099-01-01' } }),
    headers: { 'mcp-protocol-version': '2099-01-01' },
    code: -32022,
    status: 400,
    id: 13,
  },
];

test('over HTTP every bad message has its code, status and id, and the connection goes on', async (t) => {
  const server = await serve(t);
  const ask = connection(t, server.url);
  for (const row of rows) {
    const isModern = row.body?.params?._meta !== undefined;
    const own = { ...(isModern ? modernHeaders(row.body) : {}), ...row.headers };
    const newest = await ask(row.body, { 'mcp-protocol-version': '2025-11-25', ...own });
    assert.equal(newest.status, row.status, `${row.what}: ${newest.text}`);
    checkError(newest.json, row, 'absent');
    await goesOn(ask, row.what);
    if (isModern) continue;
    const oldest = await ask(row.body); // no header: 2025-03-26, where an answer must have an id
    assert.equal(oldest.status, row.status, `${row.what}: ${oldest.text}`);
    checkError(oldest.json, row, 'null');
    await goesOn(ask, row.what);
  }
});

test('over the pipe every bad line has its code, in order, and the next line works', async (t) => {
  const server = pipe(t);
  for (const row of rows) {
    server.write(textOf(row.body));
    server.write('\n');
    server.send(modern(99, 'tools/list'));
    const answer = await server.answer();
    checkError(answer, row, 'absent');
    const next = await server.answer();
    assert.equal(next.id, 99, `after ${row.what}`);
    assert.ok(next.result.tools.length > 0, `after ${row.what}`);
  }
});

test('a request that contradicts its headers is refused before its method is looked at', async (t) => {
  const server = await serve(t);
  const ask = connection(t, server.url);
  const list = modern(1, 'tools/list');
  const call = modern(2, 'tools/call', { name: 'get_system_metrics', arguments: {} });
  const cases = [
    [list, { ...modernHeaders(list), 'mcp-method': 'tools/call' }, -32020],
    [list, { ...modernHeaders(list), 'mcp-protocol-version': '2025-11-25' }, -32020],
    [call, { ...modernHeaders(call), 'mcp-name': 'other_tool' }, -32020],
    [call, { ...modernHeaders(call), 'mcp-name': '=?base64?!!!?=' }, -32020],
    [list, {}, -32020],
    [call, { ...modernHeaders(call), 'mcp-name': ['get_system_metrics', 'other_tool'] }, -32020],
    [call, { ...modernHeaders(call), 'mcp-name': ['other_tool', 'get_system_metrics'] }, -32020],
    [call, { ...modernHeaders(call), 'mcp-method': ['tools/call', 'tools/list'] }, -32020],
    [call, { ...modernHeaders(call), 'mcp-protocol-version': ['2026-07-28', '2025-11-25'] }, -32020],
    [legacy(4, 'ping'), { 'mcp-protocol-version': ['2025-06-18', '2026-07-28'] }, -32020],
    [legacy(3, 'tools/list'), { 'mcp-protocol-version': '2026-07-28', 'mcp-method': 'tools/list' }, -32602],
  ];
  for (const [message, headers, code] of cases) {
    const answer = await ask(message, headers);
    assert.equal(answer.status, 400, answer.text);
    checkError(answer.json, { what: JSON.stringify(headers), code, id: message.id });
    await goesOn(ask, JSON.stringify(headers));
  }
  const encoded = Buffer.from('get_system_metrics').toString('base64');
  const good = await ask(call, { ...modernHeaders(call), 'mcp-name': `=?base64?${encoded}?=` });
  assert.equal(good.status, 200, good.text);
});

test('a client that accepts no answer hears 406 in the legacy era only', async (t) => {
  const server = await serve(t);
  const ask = connection(t, server.url);
  const refused = await ask(legacy(1, 'ping'), { accept: 'text/html' });
  assert.equal(refused.status, 406, refused.text);
  checkError(refused.json, { what: 'Accept: text/html', code: -32600, id: 1 });
  for (const accept of ['application/json', 'text/event-stream', '*/*', 'text/html, application/*;q=0.1']) {
    assert.equal((await ask(legacy(2, 'ping'), { accept })).status, 200, accept);
  }
  const list = modern(3, 'tools/list');
  assert.equal((await ask(list, { ...modernHeaders(list), accept: 'text/html' })).status, 200);
});

test('a page from elsewhere cannot speak to the server', async (t) => {
  const server = await serve(t);
  const ask = connection(t, server.url);
  const list = modern(1, 'tools/list');
  for (const origin of ['https://evil.example', 'null', 'http://127.0.0.1.evil.example']) {
    const answer = await ask(list, { ...modernHeaders(list), origin });
    assert.equal(answer.status, 403, origin);
    checkError(answer.json, { what: origin, code: -32600 }, 'absent');
    await goesOn(ask, origin);
  }
  const own = await ask(list, { ...modernHeaders(list), origin: 'http://localhost:3000' });
  assert.equal(own.status, 200, 'a page on this machine may');
  const { port } = new URL(server.url);
  const rebound = await raw(port, `POST /mcp HTTP/1.1\r\nHost: evil.example\r\nContent-Length: 2\r\nContent-Type: application/json\r\n\r\n{}`);
  assert.match(rebound, /^HTTP\/1\.1 403 /, 'a name that was pointed at this machine may not');
});

test('a line of 100 MB is refused, and the next line works', async (t) => {
  const server = pipe(t);
  const chunk = 'x'.repeat(1 << 20);
  for (let i = 0; i < 100; ++i) {
    if (!server.write(chunk)) await new Promise((resolve) => server.child.stdin.once('drain', resolve));
  }
  server.write('\n');
  const refused = await server.answer();
  checkError(refused, { what: 'a line of 100 MB', code: -32700 }, 'absent');
  assert.equal((await server.ask(modern(2, 'tools/list'))).id, 2);
});

test('half a line before the end of input is answered as what it is, and the server ends well', async (t) => {
  const broken = pipe(t);
  broken.write('{"jsonrpc":"2.0","id":1,"meth');
  broken.end();
  checkError(await broken.answer(), { what: 'half a line', code: -32700 }, 'absent');
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
  const ask = connection(t, server.url);
  for (const id of ['1', '"text"', '9007199254740993', '-5', '""', '18446744073709551615']) {
    const answer = await ask(`{"jsonrpc":"2.0","id":${id},"method":"ping"}`);
    assert.equal(answer.text, `{"jsonrpc":"2.0","id":${id},"result":{}}`);
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

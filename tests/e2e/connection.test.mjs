// A connection outlives what went wrong on it; and what a client means by closing it.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import net from 'node:net';
import { Readable } from 'node:stream';
import { test } from 'node:test';

import { checkError, connection, goesOn, raw } from './connection.mjs';
import { atEnd, legacy, modern, modernHeaders, serve, until, workspace } from './harness.mjs';

const residentMegabytes = (pid) => Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]) / 1024;

test('a body of 100 MB is refused without being kept, and the connection goes on', async (t) => {
  const server = await serve(t);
  const ask = connection(t, server.url);
  await goesOn(ask, 'the start');
  const before = residentMegabytes(server.child.pid);
  const megabyte = Buffer.alloc(1 << 20, 'x');
  const body = Readable.from(Array.from({ length: 100 }, () => megabyte));
  const refused = await ask(body, { 'content-length': `${100 << 20}`, 'mcp-protocol-version': '2025-11-25' });
  assert.equal(refused.status, 413, refused.text);
  checkError(refused.json, { what: 'a body of 100 MB', code: -32600 }, 'absent');
  await goesOn(ask, 'a body of 100 MB');
  assert.ok(residentMegabytes(server.child.pid) < before + 32, 'the body was not kept');
});

test('a body of 100 MB whose length is not announced is refused, and other connections go on', async (t) => {
  const server = await serve(t);
  const { port } = new URL(server.url);
  const head = `POST /mcp HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n`;
  const answer = await raw(port, `${head}6400000\r\n`);
  assert.match(answer, /^HTTP\/1\.1 413 /);
  assert.match(answer, /\r\nConnection: close\r\n/);
  await goesOn(connection(t, server.url), 'an endless body');
});

test('a request without a body is not the one before it', async (t) => {
  const server = await serve(t);
  const ask = connection(t, server.url);
  for (const headers of [{ 'content-length': '0' }, { 'transfer-encoding': 'chunked' }]) {
    await goesOn(ask, 'the start');
    const empty = await ask('', { ...headers, 'mcp-protocol-version': '2025-11-25' });
    assert.equal(empty.status, 400, empty.text);
    checkError(empty.json, { what: 'an empty body', code: -32700 }, 'absent');
  }
  const { port } = new URL(server.url);
  const head = `POST /mcp HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nContent-Type: application/json\r\n`;
  const ping = JSON.stringify(legacy(1, 'ping'));
  const both = `${head}Content-Length: ${ping.length}\r\n\r\n${ping}${head}\r\n`;
  const answers = await raw(port, both, (answer) => answer.includes('-32700'));
  assert.match(answers, /^HTTP\/1\.1 200 [^]*"result":\{\}[^]*HTTP\/1\.1 400 [^]*-32700/);
});

// A server whose ERP listens and never says a word, until the test lets it hang up.
async function onSilentErp(t) {
  const heard = [];
  const silent = net.createServer((socket) => heard.push(socket.on('error', () => {}))).listen(0, '127.0.0.1');
  await new Promise((resolve) => silent.once('listening', resolve));
  atEnd(t, () => silent.close());
  const place = workspace(t);
  const config = place.file(
    'tomada.toml',
    `[upstream.omie]\nurl = "http://127.0.0.1:${silent.address().port}/api/v1/"\nkind = "omie"\n\n` +
      `[plugin.erp]\nsource = "omie"\nupstream = "omie"\napp_key = "1234567890123"\napp_secret = "0123456789abcdef0123456789abcdef"\n`,
  );
  const server = await serve(t, { state: place.state, words: ['--config', config] });
  const hangUp = () => {
    silent.close();
    for (const socket of heard) socket.destroy();
  };
  return { server, hangUp };
}
const inFlight = async (server) =>
  Number(/^tomada_calls_in_flight (\d+)$/m.exec(await (await fetch(server.origin + '/metrics')).text())[1]);

function bytesOf(message, headers = {}) {
  const body = JSON.stringify(message);
  const fields = { host: '127.0.0.1', 'content-type': 'application/json', ...headers, 'content-length': body.length };
  return `POST /mcp HTTP/1.1\r\n${Object.entries(fields).map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body}`;
}

test('a legacy client that closes its sending side still gets its answer', async (t) => {
  const { server, hangUp } = await onSilentErp(t);
  const { port } = new URL(server.url);
  const call = legacy(1, 'tools/call', { name: 'erp_partners', arguments: {} });
  const answer = new Promise((resolve, reject) => {
    const socket = net.connect({ port, host: '127.0.0.1', allowHalfOpen: true }, () => socket.end(bytesOf(call) + bytesOf(legacy(2, 'ping'))));
    let text = '';
    socket.on('data', (bytes) => (text += bytes));
    socket.on('end', () => resolve(text));
    socket.on('error', reject);
  });
  await until(async () => (await inFlight(server)) === 1, 'the call is in flight');
  hangUp();
  assert.match(await answer, /^HTTP\/1\.1 200 [^]*"id":1,"result":[^]*HTTP\/1\.1 200 [^]*"id":2,"result":/);
});

test('a modern client that leaves ends its call, a legacy one does not', async (t) => {
  const { server } = await onSilentErp(t);
  const { port } = new URL(server.url);
  const params = { name: 'erp_partners', arguments: {} };
  const calls = [modern(1, 'tools/call', params), legacy(2, 'tools/call', { ...params, arguments: { limit: 3 } })];
  const sockets = calls.map((call) => {
    const headers = call.params._meta ? modernHeaders(call) : {};
    const socket = net.connect({ port, host: '127.0.0.1' }, () => socket.write(bytesOf(call, headers)));
    return socket;
  });
  await until(async () => (await inFlight(server)) === 2, 'both calls are in flight');
  sockets[0].destroy();
  await until(async () => (await inFlight(server)) === 1, 'the modern call is gone');
  sockets[1].destroy();
  await goesOn(connection(t, server.url), 'both left');
  assert.equal(await inFlight(server), 1, 'the legacy call goes on');
});

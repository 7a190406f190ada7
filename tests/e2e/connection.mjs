// One HTTP connection at a time, to tell whether it goes on, and what an error answer must look like.
import assert from 'node:assert/strict';
import http from 'node:http';
import net from 'node:net';
import { Readable } from 'node:stream';

import { atEnd, modern, modernHeaders } from './harness.mjs';

export const textOf = (body) => (typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body));

// One keep-alive connection: whoever asks on it fails when the server has closed it in between.
export function connection(t, url) {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  atEnd(t, () => agent.destroy());
  let port;
  return (body, headers = {}) =>
    new Promise((resolve, reject) => {
      const options = { method: 'POST', agent, headers: { 'content-type': 'application/json', ...headers } };
      const request = http.request(url, options, async (response) => {
        let text = '';
        for await (const piece of response.setEncoding('utf8')) text += piece;
        resolve({ status: response.statusCode, headers: response.headers, text, json: text ? JSON.parse(text) : undefined });
      });
      request.on('error', reject);
      request.on('socket', (socket) => {
        const seen = () => {
          port ??= socket.localPort;
          if (socket.localPort !== port) reject(new Error('the connection was closed'));
        };
        if (socket.connecting) socket.once('connect', seen);
        else seen();
      });
      if (body instanceof Readable) body.pipe(request);
      else request.end(textOf(body));
    });
}

export async function goesOn(ask, what) {
  const list = modern(99, 'tools/list');
  const next = await ask(list, modernHeaders(list));
  assert.equal(next.status, 200, `after ${what}`);
  assert.equal(next.json.id, 99, `after ${what}`);
  assert.ok(next.json.result.tools.length > 0, `after ${what}`);
}

// "absent" and "null" are what an id that could not be read becomes, by revision.
export function checkError(answer, row, unreadable) {
  const what = `${row.what}: ${JSON.stringify(answer)}`;
  assert.equal(answer.jsonrpc, '2.0', what);
  assert.equal(answer.error.code, row.code, what);
  assert.ok(answer.error.message.length > 5, `${row.what} says what is wrong`);
  assert.ok(!('result' in answer), what);
  if (row.id !== undefined) assert.equal(answer.id, row.id, what);
  else if (unreadable === 'absent') assert.ok(!('id' in answer), what);
  else assert.equal(answer.id, null, what);
}

// Bytes in, bytes out, until the server ends the connection or has said all that was waited for.
export function raw(port, text, isAll = (answer) => answer.includes('\r\n\r\n')) {
  return new Promise((resolve, reject) => {
    const socket = net.connect({ port, host: '127.0.0.1', allowHalfOpen: true }, () => socket.write(text));
    let answer = '';
    socket.on('data', (bytes) => {
      answer += bytes;
      if (isAll(answer)) socket.destroy();
    });
    socket.on('end', () => socket.destroy());
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
  });
}

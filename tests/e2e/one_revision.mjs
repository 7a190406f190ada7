// A client that knows one legacy revision and nothing else: it validates every message it hears against that revision's
// published schema, and answers what it is asked.
import assert from 'node:assert/strict';

import { answers } from './fixtures.mjs';
import { pipe, serve } from './harness.mjs';
import { judge } from './wire_schema.mjs';

const afterBatches = (revision) => revision >= '2025-06-18';

// Both transports: send(frame) hands what comes back, message by message, to `take`.
function overPipe(t, options, take) {
  const child = pipe(t, options);
  (async () => {
    for (;;) take(JSON.parse(await child.line()));
  })();
  return { send: async (frame) => child.send(frame), child };
}

async function overHttp(t, options, take, revision) {
  const server = await serve(t, options);
  let session;
  const known = () => ({
    ...(session && { 'mcp-session-id': session }),
    ...(session && afterBatches(revision) && { 'mcp-protocol-version': revision }),
  });
  // A stream that ends before the answer is taken up again where it was lost.
  const hear = async (response, isAnswered) => {
    let rest = '', lastId;
    for await (const piece of response.body.pipeThrough(new TextDecoderStream())) {
      const lines = (rest + piece).split('\n');
      rest = lines.pop();
      for (const line of lines) {
        if (/^id: ?\S/.test(line)) lastId = line.slice(3).trim();
        if (/^data: ?\S/.test(line)) take(JSON.parse(line.slice(5)));
      }
    }
    if (isAnswered()) return;
    assert.ok(lastId, 'a stream that ended early can be taken up again');
    const again = await fetch(server.url, { headers: { accept: 'text/event-stream', 'last-event-id': lastId, ...known() } });
    assert.equal(again.status, 200, 'the stream is taken up again');
    await hear(again, isAnswered);
  };
  const send = async (frame, isAnswered = () => true) => {
    const headers = { 'content-type': 'application/json', accept: 'application/json, text/event-stream', ...known() };
    const response = await fetch(server.url, { method: 'POST', headers, body: JSON.stringify(frame) });
    session ??= response.headers.get('mcp-session-id') ?? undefined;
    if (!/event-stream/.test(response.headers.get('content-type'))) {
      const text = await response.text();
      if (text) take(JSON.parse(text));
      return response.status;
    }
    await hear(response, isAnswered);
    return response.status;
  };
  return { send, child: server };
}

export async function connectOne(t, revision, transport, options) {
  const rules = judge(revision);
  const client = { heard: [], asked: [], messages: 0, revision };
  const waiting = new Map(); // id of a request: its method and who waits for its answer
  let fail;
  const broken = new Promise((_, reject) => (fail = reject));
  broken.catch(() => {}); // whoever waits for an answer hears of it
  let wire;
  const answerOne = (message) => {
    client.asked.push(message.method);
    void wire.send({ jsonrpc: '2.0', id: message.id, result: message.method === 'ping' ? {} : answers[message.method](message.params) });
  };
  const takeOne = (message) => {
    ++client.messages;
    const question = waiting.get(message.id);
    rules.message(message, question?.method);
    if (message.method && 'id' in message) return answerOne(message);
    if (message.method) return client.heard.push(message);
    assert.ok(question, `nobody asked for ${JSON.stringify(message)}`);
    waiting.delete(message.id);
    question.resolve(message);
  };
  const take = (frame) => {
    try {
      if (Array.isArray(frame)) {
        assert.equal(revision, '2025-03-26', 'batches belong to one revision');
        rules.batch(frame);
        frame.forEach(takeOne);
      } else {
        takeOne(frame);
      }
    } catch (error) {
      fail(error);
    }
  };
  const expect = (id, method) => {
    const answer = new Promise((resolve) => waiting.set(id, { method, resolve }));
    return Promise.race([answer, broken]);
  };
  wire = transport === 'http' ? await overHttp(t, options, take, revision) : overPipe(t, options, take);

  let lastId = 0;
  const frame = (method, params) => ({ jsonrpc: '2.0', id: ++lastId, method, ...(params && { params }) });
  client.request = async (method, params) => {
    const message = frame(method, params);
    const answer = expect(message.id, method);
    wire.send(message, () => !waiting.has(message.id)).catch(fail);
    return answer;
  };
  client.batch = async (calls) => {
    const messages = calls.map(([method, params]) => frame(method, params));
    const all = messages.map(({ id, method }) => expect(id, method));
    wire.send(messages).catch(fail);
    return Promise.all(all);
  };
  client.notify = (method, params) => wire.send({ jsonrpc: '2.0', method, ...(params && { params }) });
  client.send = wire.send;
  client.knows = rules.knows;

  const capabilities = { sampling: {}, roots: {}, ...(rules.knows('elicitation/create') && { elicitation: {} }) };
  const hello = await client.request('initialize', { protocolVersion: revision, capabilities, clientInfo: { name: 'one', version: '1' } });
  assert.equal(hello.result.protocolVersion, revision);
  client.capabilities = hello.result.capabilities;
  await client.notify('notifications/initialized');
  return client;
}

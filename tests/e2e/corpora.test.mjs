// Public corpora through a real process: what is JSON and what is not, and the strings that break other people's programs.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { company } from './company.mjs';
import { connection, goesOn } from './connection.mjs';
import { conformance } from './fixtures.mjs';
import { initialize, legacy, modern, modernHeaders, pipe, serve } from './harness.mjs';
import { missing, shared } from './shared.mjs';
import { judge, missingSchema } from './wire_schema.mjs';

const corpus = (name) => shared('data', name);

// y: every parser must accept it, n: none may, i: it is up to the parser.
function parsing() {
  const names = readdirSync(corpus('json-parsing')).filter((name) => name.endsWith('.json'));
  const files = names.map((name) => ({ name, kind: name[0], bytes: readFileSync(join(corpus('json-parsing'), name)) }));
  const count = (kind) => files.filter((file) => file.kind === kind).length;
  assert.deepEqual([count('y'), count('n')], [95, 188]);
  return files;
}

// None of them is a request, so an accepted one is refused too, as what it is.
const codes = { y: [-32600], n: [-32700], i: [-32600, -32700] };
function checkRefusal(answer, { name, kind }) {
  assert.ok(codes[kind].includes(answer?.error?.code), `${name}: ${JSON.stringify(answer)}`);
}
const countsOf = (t, files) => {
  const say = (kind) => files.filter((file) => file.kind === kind).length;
  t.diagnostic(`${say('y')} accepted, ${say('n')} rejected, ${say('i')} survived`);
};

test('over HTTP all that is JSON is read and all that is not is -32700', { skip: missing(corpus('json-parsing')) }, async (t) => {
  const server = await serve(t);
  const ask = connection(t, server.url);
  const files = parsing();
  for (const version of ['2026-07-28', '2025-11-25', '2025-03-26']) {
    for (const file of files) {
      const answer = await ask(file.bytes, { 'mcp-protocol-version': version });
      assert.equal(answer.status, 400, file.name);
      checkRefusal(answer.json, file);
    }
  }
  await goesOn(ask, 'the corpus');
  countsOf(t, files);
});

test('on a pipe too, for what fits on a line, and the next line works', { skip: missing(corpus('json-parsing')) }, async (t) => {
  const server = pipe(t);
  const files = parsing().filter(({ bytes }) => bytes.length > 0 && !bytes.includes('\n') && bytes.toString().trim());
  for (const file of files) {
    server.write(Buffer.concat([file.bytes, Buffer.from('\n')]));
    checkRefusal(await server.answer(), file);
  }
  assert.equal((await server.ask(modern(1, 'tools/list'))).id, 1);
  countsOf(t, files);
});

test('what is JSON reaches a tool as its argument and comes back the same', { skip: missing(corpus('json-parsing')) }, async (t) => {
  const server = pipe(t, conformance(t));
  let same = 0;
  for (const { name, bytes } of parsing().filter(({ kind }) => kind === 'y')) {
    const text = bytes.toString().replaceAll(/[\r\n]/g, ' ');
    const message = JSON.stringify(modern(1, 'tools/call', { name: 'test_custom_header', arguments: { region: 'sul', value: 0 } }));
    server.write(message.replace('"value":0', `"value":${text}`) + '\n');
    const { result, error } = await server.answer();
    if (name.includes('duplicated_key')) assert.equal(error.code, -32700, name); // in a message it could be read in two ways
    else assert.equal(JSON.stringify(JSON.parse(result.content[0].text).value), JSON.stringify(JSON.parse(text)), name);
    same += error ? 0 : 1;
  }
  t.diagnostic(`${same} values came back as they were sent`);
});

const naughty = () => JSON.parse(readFileSync(join(corpus('naughty-strings'), 'blns.json'), 'utf8'));

// A pipe that takes many requests at once and hands every answer to `check`, in whatever order they come.
function crowd(t, options, check) {
  const server = pipe(t, options);
  return async (messages) => {
    const open = new Map(messages.map((message) => [message.id, message]));
    server.write(messages.map((message) => JSON.stringify(message) + '\n').join(''));
    while (open.size > 0) {
      const line = await server.line();
      const answer = JSON.parse(line);
      const message = open.get(answer.id);
      assert.ok(message, `nobody asked: ${line}`);
      open.delete(answer.id);
      check(answer, message);
    }
    return messages.length;
  };
}

// Where a string can go: [what to do with it to the arguments that the schema requires].
const fitting = { string: 'x', integer: 1, number: 1, boolean: false, array: [], object: {} };
function places({ properties = {}, required = [] }) {
  const base = Object.fromEntries(required.map((name) => [name, properties[name].enum?.[0] ?? fitting[properties[name].type]]));
  return Object.entries(properties).flatMap(([name, { type, items }]) => {
    if (type === 'string' || type === undefined) return [(text) => ({ ...base, [name]: text })];
    return items?.type === 'string' ? [(text) => ({ ...base, [name]: [text] })] : [];
  });
}

test('naughty strings in every string argument of every tool do no harm', { skip: missing(corpus('naughty-strings')) }, async (t) => {
  const place = company(t);
  const rules = missingSchema('2026-07-28') ? { message() {} } : judge('2026-07-28');
  let tools = 0;
  const send = crowd(t, place, (answer, { method, params }) => {
    const what = `${params.name} ${JSON.stringify(params.arguments)}: ${JSON.stringify(answer).slice(0, 500)}`;
    rules.message(answer, method);
    if (method === 'tools/list') return (tools = answer.result.tools);
    assert.ok(answer.result, what);
    assert.ok(answer.result.content.every(({ type, text }) => type === 'text' && text.isWellFormed()), what);
    assert.ok(!/terminate|exception|basic_string|SQLITE|syntax error/i.test(answer.result.isError ? answer.result.content[0].text : ''), what);
  });
  await send([modern(0, 'tools/list')]);
  const strings = naughty();
  let id = 0, calls = 0;
  for (const { name, inputSchema } of tools) {
    for (const put of places(inputSchema)) {
      calls += await send(strings.map((text) => modern(++id, 'tools/call', { name, arguments: put(text) })));
    }
  }
  t.diagnostic(`${calls} calls of ${tools.length} tools with ${strings.length} strings`);
  assert.ok(calls > 5_000);
});

test('naughty strings as names, addresses, cursors, words to complete and levels do no harm', { skip: missing(corpus('naughty-strings')) }, async (t) => {
  const strings = naughty();
  const eras = { '2026-07-28': modern, '2025-11-25': legacy };
  for (const [revision, message] of Object.entries(eras)) {
    const rules = missingSchema(revision) ? { message() {} } : judge(revision, { formats: false }); // a fixture says them as URIs
    const send = crowd(t, conformance(t), (answer, { method }) => rules.message(answer, method));
    if (message === legacy) await send([initialize(0)]);
    const prompt = { type: 'ref/prompt', name: 'test_prompt_with_arguments' };
    const template = { type: 'ref/resource', uri: 'test://template/{id}/data' };
    const ways = [
      (text) => ['tools/call', { name: text, arguments: {} }],
      (text) => ['tools/call', { name: 'test_custom_header', arguments: { region: text, [text]: text } }],
      (text) => ['prompts/get', { name: text }],
      (text) => ['prompts/get', { name: 'test_prompt_with_arguments', arguments: { arg1: text, arg2: text } }],
      (text) => ['prompts/get', { name: 'test_prompt_with_embedded_resource', arguments: { resourceUri: text } }],
      (text) => ['resources/read', { uri: text }],
      (text) => ['resources/read', { uri: `test://template/${encodeURIComponent(text)}/data` }],
      (text) => ['resources/read', { uri: `test://template/${text}/data` }],
      (text) => ['completion/complete', { ref: prompt, argument: { name: 'arg1', value: text } }],
      (text) => ['completion/complete', { ref: prompt, argument: { name: text, value: text }, context: { arguments: { arg2: text } } }],
      (text) => ['completion/complete', { ref: template, argument: { name: 'id', value: text } }],
      (text) => ['completion/complete', { ref: { type: 'ref/prompt', name: text }, argument: { name: 'x', value: text } }],
      (text) => ['completion/complete', { ref: { type: text, uri: text }, argument: { name: 'x', value: text } }],
      ...['tools', 'prompts', 'resources', 'resources/templates'].map((list) => (text) => [`${list}/list`, { cursor: text }]),
      ...(message === modern
        ? [(text) => ['tools/call', { name: 'test_input_required_result_elicitation', arguments: {}, requestState: text, inputResponses: { [text]: { action: text } } }]]
        : [(text) => ['logging/setLevel', { level: text }], (text) => ['resources/subscribe', { uri: text }], (text) => ['resources/unsubscribe', { uri: text }]]),
    ];
    let id = 0, asked = 0;
    for (const way of ways) asked += await send(strings.map((text) => message(++id, ...way(text))));
    t.diagnostic(`${revision}: ${asked} requests, each answer valid`);
  }
});

test('a naughty string as a header is no way around its body', { skip: missing(corpus('naughty-strings')) }, async (t) => {
  const server = await serve(t);
  const ask = connection(t, server.url);
  const message = modern(1, 'tools/call', { name: 'get_system_metrics', arguments: {} });
  for (const text of naughty()) {
    const name = `=?base64?${Buffer.from(text).toString('base64')}?=`;
    const answer = await ask(message, { ...modernHeaders(message), 'mcp-name': name });
    assert.deepEqual([answer.status, answer.json.error?.code], [400, -32020], `${text}: ${answer.text}`);
  }
  await goesOn(ask, 'naughty headers');
});

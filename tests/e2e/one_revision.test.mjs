// Clients that know one revision only: list, call, be asked, read, subscribe; every message they hear is one of theirs.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { conformance } from './fixtures.mjs';
import { connectOne } from './one_revision.mjs';
import { missingSchema } from './wire_schema.mjs';

const revisions = ['2024-11-05', '2025-03-26', '2025-06-18', '2025-11-25'];
const everyPage = async (client, method, member) => {
  const out = [];
  let cursor;
  do {
    const { result } = await client.request(method, cursor && { cursor });
    out.push(...result[member]);
    cursor = result.nextCursor;
  } while (cursor);
  return out;
};

// Arguments of the fixtures that take some; what must not be called here.
const args = { test_custom_header: { region: 'sul' }, json_schema_2020_12_tool: { contactMethod: 'phone', phone: '1' }, test_sampling: { prompt: 'Hi' } };
const elsewhere = new Set(['test_error_handling', 'test_tool_with_task']); // the latter only as a task of the newer era
const asksForms = (name) => /elicit|request_state|tampered|multi_/.test(name) || name.endsWith('_multiple_inputs');

async function callFixtures(client, tools) {
  const canBeAsked = client.knows('elicitation/create');
  const names = tools.map(({ name }) => name).filter((name) => /^(test_|json_schema_)/.test(name) && !elsewhere.has(name));
  assert.ok(names.length >= 29, `${names.length} fixtures`);
  for (const name of names) {
    const { result } = await client.request('tools/call', { name, arguments: args[name] ?? {}, _meta: { progressToken: name } });
    if (canBeAsked || !asksForms(name)) assert.ok(!result.isError, `${name}: ${JSON.stringify(result)}`);
    else assert.match(result.content[0].text, /elicitation.*cannot express/, name);
  }
  const failed = await client.request('tools/call', { name: 'test_error_handling' });
  assert.equal(failed.result.isError, true);
  assert.equal((await client.request('tools/call', { name: 'nobody' })).error.code, -32602);
}

async function readLibrary(client) {
  for (const { name, arguments: wanted = [] } of await everyPage(client, 'prompts/list', 'prompts')) {
    const filled = Object.fromEntries(wanted.map((each) => [each.name, 'test://x']));
    const answer = await client.request('prompts/get', { name, arguments: filled });
    const isRefused = name === 'test_input_required_result_prompt' && !client.knows('elicitation/create');
    assert.equal('error' in answer, isRefused, `${name}: ${JSON.stringify(answer)}`);
  }
  for (const { uri } of await everyPage(client, 'resources/list', 'resources')) {
    assert.equal((await client.request('resources/read', { uri })).result.contents[0].uri, uri);
  }
  const [{ uriTemplate }] = await everyPage(client, 'resources/templates/list', 'resourceTemplates');
  const filled = await client.request('resources/read', { uri: uriTemplate.replace('{id}', '123') });
  assert.match(filled.result.contents[0].text, /123/);
  const none = await client.request('resources/read', { uri: 'test://nowhere' });
  assert.deepEqual([none.error.code, none.error.data.uri], [-32002, 'test://nowhere']);
  const completed = await client.request('completion/complete', {
    ref: { type: 'ref/prompt', name: 'test_prompt_with_arguments' },
    argument: { name: 'arg1', value: 'test' },
  });
  assert.deepEqual(completed.result.completion.values, ['test value', 'testing']);
}

async function hearLogs(client) {
  await client.request('logging/setLevel', { level: 'info' });
  client.heard.length = 0;
  await client.request('tools/call', { name: 'test_tool_with_logging', arguments: {} });
  assert.equal(client.heard.filter(({ method }) => method === 'notifications/message').length, 3);
  assert.deepEqual((await client.request('ping')).result, {});
  assert.equal((await client.request('server/discover')).error.code, -32601);
}

for (const revision of revisions) {
  for (const transport of ['stdio', 'http']) {
    const skip = missingSchema(revision);
    test(`a client that knows only ${revision} works over ${transport}`, { skip }, async (t) => {
      const client = await connectOne(t, revision, transport, conformance(t));
      const tools = await everyPage(client, 'tools/list', 'tools');
      const { result } = await client.request('tools/call', { name: 'erp_orders', arguments: { limit: 2 } });
      assert.equal('structuredContent' in result, revision >= '2025-06-18');
      assert.match(result.content[0].text, /orders/);
      await callFixtures(client, tools);
      await readLibrary(client);
      await client.request('resources/subscribe', { uri: 'test://watched-resource' });
      await client.request('resources/unsubscribe', { uri: 'test://watched-resource' });
      await hearLogs(client);
      const asked = new Set(client.asked);
      assert.ok(asked.has('sampling/createMessage') && asked.has('roots/list'));
      assert.equal(asked.has('elicitation/create'), client.knows('elicitation/create'));
      t.diagnostic(`${client.messages} messages, each valid`);
    });
  }
}

for (const transport of ['stdio', 'http']) {
  test(`batches of 2025-03-26 are answered over ${transport}, one answer for each request`, { skip: missingSchema('2025-03-26') }, async (t) => {
    const client = await connectOne(t, '2025-03-26', transport, conformance(t));
    const [list, call, pong, unknown] = await client.batch([
      ['tools/list'],
      ['tools/call', { name: 'erp_orders', arguments: { limit: 1 } }],
      ['ping'],
      ['no/such'],
    ]);
    assert.ok(list.result.tools.length > 10);
    assert.match(call.result.content[0].text, /orders/);
    assert.deepEqual(pong.result, {});
    assert.equal(unknown.error.code, -32601);
    const [slow, asking] = await client.batch([
      ['tools/call', { name: 'test_tool_with_progress', arguments: {}, _meta: { progressToken: 'p' } }],
      ['tools/call', { name: 'test_sampling', arguments: { prompt: 'Hi' } }],
    ]);
    assert.match(slow.result.content[0].text, /Progress reported/);
    assert.match(asking.result.content[0].text, /Paris/);
    assert.equal(client.heard.filter(({ method }) => method === 'notifications/progress').length, 3);
    const silent = await client.send([{ jsonrpc: '2.0', method: 'notifications/initialized' }]);
    if (transport === 'http') assert.equal(silent, 202);
    assert.deepEqual((await client.request('ping')).result, {});
  });
}

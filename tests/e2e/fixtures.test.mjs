// Every fixture of the official suite over a pipe, with both generations of the official clients, in both eras: the suite
// itself speaks HTTP only.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LoggingMessageNotificationSchema, ResourceUpdatedNotificationSchema, ToolListChangedNotificationSchema } from '@modelcontextprotocol/sdk/types.js';

import { complaintsDuring, connect, ways } from './clients.mjs';
import { askable, conformance, isModern } from './fixtures.mjs';
import { initialize, legacy, modern, pipe, until } from './harness.mjs';

const texts = (pattern) => ({ content }) => assert.match(content[0].text, pattern);
const kinds = (...types) => ({ content }) => assert.deepEqual(content.map(({ type }) => type), types);
const form = ['elicitation/create'];
const model = ['sampling/createMessage'];

// What each tool is called with, what it must ask of the client, and what must hold of its answer.
const tools = {
  about: { check: texts(/simple text/) },
  test_simple_text: { args: undefined, check: texts(/^This is a simple text response for testing\.$/) },
  test_image_content: { check: kinds('image') },
  test_audio_content: { check: kinds('audio') },
  test_embedded_resource: { check: kinds('resource') },
  test_multiple_content_types: { check: kinds('text', 'image', 'resource') },
  test_resource_link: { check: kinds('resource_link') },
  test_custom_header: { args: { region: 'sul' }, check: texts(/sul/) },
  test_app: { check: texts(/simple text/) },
  json_schema_2020_12_tool: { args: { contactMethod: 'phone', phone: '1' }, check: texts(/phone/) },
  test_tool_with_progress: { check: texts(/Progress reported/) },
  test_tool_with_logging: { check: texts(/Logged/) },
  test_logging_tool: { check: texts(/Logged/) },
  test_trigger_tool_change: { check: texts(/Told/) },
  test_trigger_prompt_change: { check: texts(/Told/) },
  test_trigger_resource_change: { check: texts(/Told/) },
  test_sampling: { args: { prompt: 'Hello' }, asks: model, check: texts(/LLM response: Paris/) },
  test_elicitation: { args: { message: 'Who?' }, asks: form, check: texts(/User response: accept .*"username":"Ana"/) },
  test_elicitation_sep1034_defaults: { asks: form, check: texts(/"score":95\.5.*"verified":true/) },
  test_elicitation_sep1330_enums: { asks: form, check: texts(/"titledMulti":\["value1"\]/) },
  test_streaming_elicitation: { asks: form, check: texts(/action=accept/) },
  test_missing_capability: { asks: model, check: texts(/Paris/) },
  test_input_required_result_elicitation: { asks: form, check: texts(/^Hello, Ana!$/) },
  test_input_required_result_sampling: { asks: model, check: texts(/Paris/) },
  test_input_required_result_list_roots: { asks: ['roots/list'], check: texts(/home\/ana\/work/) },
  test_input_required_result_request_state: { asks: form, check: texts(/state-ok/) },
  test_input_required_result_tampered_state: { asks: form, check: texts(/state-ok/) },
  test_input_required_result_multiple_inputs: { asks: [...form, ...model, 'roots/list'], check: texts(/Hello, Ana.*Paris.*work/) },
  test_input_required_result_multi_round: { asks: [...form, ...form], check: texts(/^Ana likes Ana$/) },
  test_input_required_result_capabilities: { asks: [...form, ...model, 'roots/list'], check: texts(/Answered/) },
};

const handle = (client, { generation }, method, schema, handler) =>
  client.setNotificationHandler(generation === '1.x' ? schema : method, handler);
const call = (client, { generation }, params, options) =>
  generation === '1.x' ? client.callTool(params, undefined, options) : client.callTool(params, options);

for (const way of ways.filter(({ transport }) => transport === 'stdio')) {
  const ask = async (t) => {
    const asked = [];
    const client = await connect(t, way, { ...conformance(t), ...askable(way.generation, asked) });
    return { client, asked };
  };

  test(`${way.name}: every fixture tool is listed, asks what it must and answers`, async (t) => {
    const complaints = await complaintsDuring(async (note) => {
      const { client, asked } = await ask(t);
      client.onerror = (error) => note(`client error: ${error}`);
      const listed = new Set((await client.listTools()).tools.map(({ name }) => name));
      for (const [name, { args = {}, asks = [], check }] of Object.entries(tools)) {
        assert.ok(listed.has(name), `${name} is listed`);
        asked.length = 0;
        const result = await client.callTool({ name, arguments: args });
        assert.ok(!result.isError, `${name}: ${JSON.stringify(result.content)}`);
        assert.deepEqual(asked.map(({ method }) => method).sort(), [...asks].sort(), name);
        check(result);
      }
      const failed = await client.callTool({ name: 'test_error_handling', arguments: {} });
      assert.equal(failed.isError, true);
    });
    assert.deepEqual(complaints, []);
  });

  test(`${way.name}: progress comes in order, logs from the level that was asked for`, async (t) => {
    const { client } = await ask(t);
    const heard = [];
    await call(client, way, { name: 'test_tool_with_progress', arguments: {} }, { onprogress: ({ progress }) => heard.push(progress) });
    assert.deepEqual(heard, [0, 50, 100]);
    const logged = [];
    handle(client, way, 'notifications/message', LoggingMessageNotificationSchema, ({ params }) => logged.push(params.data));
    const speak = async (level) => {
      const meta = isModern(way) && level ? { _meta: { 'io.modelcontextprotocol/logLevel': level } } : {};
      if (!isModern(way) && level) await client.setLoggingLevel(level);
      await client.callTool({ name: 'test_tool_with_logging', arguments: {}, ...meta });
      return logged.splice(0);
    };
    assert.deepEqual(await speak(), [], 'nobody asked');
    assert.deepEqual(await speak('error'), []);
    assert.deepEqual(await speak('info'), ['Tool execution started', 'Tool processing data', 'Tool execution completed']);
  });

  test(`${way.name}: prompts, resources, templates and completions`, async (t) => {
    const { client, asked } = await ask(t);
    const { prompts } = await client.listPrompts();
    const blanks = { arg1: 'a', arg2: 'b', resourceUri: 'test://x' };
    for (const { name, arguments: wanted = [] } of prompts) {
      const args = Object.fromEntries(wanted.map((each) => [each.name, blanks[each.name]]));
      const { messages } = await client.getPrompt({ name, arguments: args });
      assert.ok(messages.length > 0 && messages.every(({ role, content }) => role === 'user' && content.type), name);
    }
    assert.deepEqual(asked.map(({ method }) => method), form, 'one of the prompts asks');
    const { resources } = await client.listResources();
    for (const { uri } of resources) {
      const [first] = (await client.readResource({ uri })).contents;
      assert.ok(first.uri === uri && (first.text || first.blob), uri);
    }
    const [{ uriTemplate }] = (await client.listResourceTemplates()).resourceTemplates;
    const [item] = (await client.readResource({ uri: uriTemplate.replace('{id}', '123') })).contents;
    assert.equal(JSON.parse(item.text).id, '123');
    const ref = { type: 'ref/prompt', name: 'test_prompt_with_arguments' };
    const { completion } = await client.complete({ ref, argument: { name: 'arg1', value: 'test' } });
    assert.deepEqual(completion.values, ['test value', 'testing']);
  });

  test(`${way.name}: changes of lists and of a resource are heard once they were asked for`, async (t) => {
    const { client } = await ask(t);
    const uri = 'test://watched-resource';
    const heard = [];
    handle(client, way, 'notifications/resources/updated', ResourceUpdatedNotificationSchema, ({ params }) => heard.push(params.uri));
    handle(client, way, 'notifications/tools/list_changed', ToolListChangedNotificationSchema, () => heard.push('tools'));
    const trigger = (what) => client.callTool({ name: `test_trigger_${what}_change`, arguments: {} });
    await trigger('resource');
    const open = isModern(way) && (await client.listen({ toolsListChanged: true, resourceSubscriptions: [uri] }));
    if (!isModern(way)) await client.subscribeResource({ uri });
    await trigger('tool');
    await until(() => heard.length === 1, 'the list has changed');
    await trigger('resource');
    await until(() => heard.length === 2, 'the resource has changed');
    assert.deepEqual(heard, ['tools', uri]);
    if (open) await open.close();
    else await client.unsubscribeResource({ uri });
    await trigger('resource');
    assert.equal(heard.length, 2, 'nobody listens any more');
  });
}

test('a pipelined server/discover and initialize are both answered, then both eras go on', async (t) => {
  const server = pipe(t, conformance(t));
  server.write(`${JSON.stringify(modern('probe', 'server/discover'))}\n${JSON.stringify(initialize(1, '2025-06-18'))}\n`);
  const both = [await server.answer(), await server.answer()];
  const of = (id) => both.find((each) => each.id === id).result;
  assert.ok(of('probe').supportedVersions.includes('2026-07-28'));
  assert.equal(of(1).protocolVersion, '2025-06-18');
  server.send({ jsonrpc: '2.0', method: 'notifications/initialized' });
  assert.ok((await server.ask(legacy(2, 'prompts/list'))).result.prompts.length > 0);
  assert.equal((await server.ask(modern(3, 'prompts/list'))).result.resultType, 'complete');
});

test('the end of input ends the process, whatever it was doing', async (t) => {
  const handshake = [JSON.stringify(initialize(1)), JSON.stringify({ jsonrpc: '2.0', method: 'notifications/initialized' })];
  const idle = [];
  const listening = [modern(2, 'subscriptions/listen', { notifications: { toolsListChanged: true } })];
  const asking = [legacy(2, 'tools/call', { name: 'test_sampling', arguments: {} })];
  for (const [what, frames] of Object.entries({ idle, listening, asking })) {
    const server = pipe(t, conformance(t));
    server.write(handshake.join('\n') + '\n');
    await server.answer();
    for (const frame of frames) await server.ask(frame);
    const begin = performance.now();
    server.end();
    assert.equal((await server.exit).code, 0, what);
    t.diagnostic(`${what}: ${(performance.now() - begin).toFixed(0)} ms from the end of input to the end of the process`);
  }
});

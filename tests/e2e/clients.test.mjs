// The official clients list and call every tool, in every era, over both transports, and complain about nothing.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { argumentsThatMatter } from './arguments.mjs';
import { complaintsDuring, connect, ways } from './clients.mjs';
import { asker, company } from './company.mjs';


for (const way of ways) {
  test(`${way.name} lists and calls every tool without a warning`, async (t) => {
    const complaints = await complaintsDuring(async (note) => {
      const place = company(t);
      const sql = asker(place);
      const client = await connect(t, way, place);
      client.onerror = (error) => note(`client error: ${error}`);
      const { tools } = await client.listTools();
      assert.ok(tools.length >= 10, `${tools.length} tools`);
      for (const tool of tools) {
        assert.ok(tool.title && tool.description, `${tool.name} has a title and a description`);
        assert.deepEqual(
          Object.keys(tool.annotations ?? {}).filter((key) => key.endsWith('Hint')).sort(),
          ['destructiveHint', 'idempotentHint', 'openWorldHint', 'readOnlyHint'],
          `${tool.name} has all four hints`,
        );
        const variants = argumentsThatMatter[tool.name];
        assert.ok(variants, `tests/e2e/arguments.mjs says how to call ${tool.name}`);
        for (const { args = {}, check } of variants) {
          const result = await client.callTool({ name: tool.name, arguments: args });
          assert.ok(!result.isError, `${tool.name} ${JSON.stringify(args)}: ${JSON.stringify(result.content)}`);
          assert.equal(result.content?.[0]?.type, 'text', `${tool.name} answers in text too`);
          const size = Math.max(result.content[0].text.length, JSON.stringify(result.structuredContent).length);
          assert.ok(size <= 8000, `${tool.name} ${JSON.stringify(args)} costs a model ${Math.round(size / 4)} tokens`);
          try {
            check(result.structuredContent, sql);
          } catch (error) {
            assert.fail(`${tool.name} ${JSON.stringify(args)}: ${error.message}`);
          }
        }
      }
    });
    assert.deepEqual(complaints, []);
  });
}

test('client 2.x in auto mode finds the modern era by itself', async (t) => {
  for (const transport of ['stdio', 'http']) {
    const client = await connect(t, { generation: '2.x auto', transport });
    assert.equal(client.getNegotiatedProtocolVersion(), '2026-07-28');
    assert.equal(client.getServerVersion().name, 'tomada');
  }
});

test('the clients see an unknown tool as a protocol error and bad arguments as an answer', async (t) => {
  for (const way of ways) {
    const client = await connect(t, way);
    await assert.rejects(client.callTool({ name: 'no_such_tool', arguments: {} }), /no_such_tool/, way.name);
    const refused = await client.callTool({ name: 'get_system_metrics', arguments: { surprise: 1 } });
    assert.equal(refused.isError, true, way.name);
    assert.match(refused.content[0].text, /surprise/, way.name);
  }
});

test('clients work side by side on one server', async (t) => {
  const clients = await Promise.all(ways.filter((way) => way.transport === 'http').map((way) => connect(t, way)));
  const calls = clients.flatMap((client) =>
    Array.from({ length: 20 }, () => client.callTool({ name: 'get_system_metrics', arguments: {} })),
  );
  for (const result of await Promise.all(calls)) assert.equal(result.structuredContent.fastmcp_status, 'running');
});

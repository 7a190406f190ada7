// What tools answer besides text, and what they tell on the way, with the official clients, in every era, over both
// transports.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { connect, ways } from './clients.mjs';
import { conformance } from './fixtures.mjs';

const kinds = {
  test_simple_text: ['text'],
  test_image_content: ['image'],
  test_audio_content: ['audio'],
  test_embedded_resource: ['resource'],
  test_multiple_content_types: ['text', 'image', 'resource'],
  test_resource_link: ['resource_link'],
};

for (const way of ways) {
  test(`${way.name} gets every kind of content`, async (t) => {
    const client = await connect(t, way, conformance(t));
    for (const [name, types] of Object.entries(kinds)) {
      const { content } = await client.callTool({ name });
      assert.deepEqual(content.map(({ type }) => type), types, name);
    }
    const failed = await client.callTool({ name: 'test_error_handling' });
    assert.equal(failed.isError, true);
    assert.equal(failed.content[0].text, 'This tool intentionally returns an error for testing');
  });

  test(`${way.name} hears of a tool's progress`, async (t) => {
    const client = await connect(t, way, conformance(t));
    const heard = [];
    const onprogress = ({ progress, total }) => heard.push([progress, total]);
    const call = { name: 'test_tool_with_progress', arguments: {} };
    // Client 1.x takes the result's schema before the options.
    await (way.generation === '1.x' ? client.callTool(call, undefined, { onprogress }) : client.callTool(call, { onprogress }));
    assert.deepEqual(heard, [[0, 100], [50, 100], [100, 100]]);
  });

  test(`${way.name} sees a schema as its author wrote it`, async (t) => {
    const client = await connect(t, way, conformance(t));
    const { tools } = await client.listTools();
    const { inputSchema } = tools.find(({ name }) => name === 'json_schema_2020_12_tool');
    assert.equal(inputSchema.$schema, 'https://json-schema.org/draft/2020-12/schema');
    assert.equal(inputSchema.$defs.address.$anchor, 'addressDef');
    assert.deepEqual(inputSchema.else, { required: ['email'] });
    assert.equal(inputSchema.additionalProperties, false);
  });
}

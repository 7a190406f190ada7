// A tool with an app: shown by clients that have a place for it, the same facts in text for all others, in both eras.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { connect, ways } from './clients.mjs';
import { conformance } from './fixtures.mjs';
import { initialize, modern, pipe } from './harness.mjs';

const extension = 'io.modelcontextprotocol/ui';
const mimeType = 'text/html;profile=mcp-app';
const declares = { capabilities: { extensions: { [extension]: { mimeTypes: [mimeType] } } } };

for (const way of ways) {
  for (const options of [declares, {}]) {
    const who = options === declares ? 'shows apps' : 'has no place for apps';
    test(`${way.name} that ${who} finds the app beside its tool, and text either way`, async (t) => {
      const client = await connect(t, way, { ...conformance(t), options });
      assert.deepEqual(client.getServerCapabilities().extensions?.[extension], {});
      const { tools } = await client.listTools();
      const { resourceUri } = tools.find(({ name }) => name === 'test_app')._meta.ui;
      const { resources } = await client.listResources();
      assert.ok(!resources.some(({ uri }) => uri === resourceUri), 'it is found through its tool');
      const [page] = (await client.readResource({ uri: resourceUri })).contents;
      assert.deepEqual([page.uri, page.mimeType], [resourceUri, mimeType]);
      assert.match(page.text, /^<!doctype html>/);
      const { content } = await client.callTool({ name: 'test_app', arguments: {} });
      assert.equal(content[0].type, 'text');
    });
  }
}

test('what no revision knew before is not told to its clients', async (t) => {
  const server = pipe(t, conformance(t));
  assert.deepEqual((await server.ask(modern(1, 'server/discover'))).result.capabilities.extensions[extension], {});
  for (const revision of ['2024-11-05', '2025-03-26', '2025-06-18']) {
    assert.ok(!('extensions' in (await server.ask(initialize(2, revision))).result.capabilities), revision);
  }
  assert.deepEqual((await server.ask(initialize(3, '2025-11-25'))).result.capabilities.extensions, { [extension]: {} });
});

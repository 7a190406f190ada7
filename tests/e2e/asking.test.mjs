// A tool that asks the person, with the official clients: the same plugin, the client's own way of being asked.
import assert from 'node:assert/strict';
import { join } from 'node:path';
import { test } from 'node:test';
import { ElicitRequestSchema } from '@modelcontextprotocol/sdk/types.js';

import { connect, ways } from './clients.mjs';
import { program, workspace } from './harness.mjs';

const asking = (t) => {
  const config = workspace(t).file('tomada.toml', '[plugin.conduct]\n');
  const folders = ['plugins', 'test-plugins'].flatMap((name) => ['--plugins', join(program, '../../lib/tomada', name)]);
  return ['--config', config, ...folders];
};

const isModern = ({ generation }) => ['2.x auto', '2.x modern'].includes(generation);

for (const way of ways) {
  for (const action of ['accept', 'decline', 'cancel']) {
    test(`${way.name}: a person who is asked may ${action}`, async (t) => {
      const asked = [];
      const client = await connect(t, way, {
        words: asking(t),
        options: { capabilities: { elicitation: { form: {} } } },
        prepare: (made) =>
          made.setRequestHandler(way.generation === '1.x' ? ElicitRequestSchema : 'elicitation/create', async ({ params }) => {
            asked.push(params.message);
            return action === 'accept' ? { action, content: { yes: true } } : { action };
          }),
      });
      const { structuredContent, isError } = await client.callTool({ name: 'ask', arguments: {} });
      assert.ok(!isError);
      assert.deepEqual(asked, ['Sure?']);
      assert.equal(structuredContent.answers.sure.action, action);
    });
  }

  test(`${way.name}: a client that cannot be asked hears why the tool does not run`, async (t) => {
    const client = await connect(t, way, { words: asking(t) });
    if (!isModern(way)) {
      const refused = await client.callTool({ name: 'ask', arguments: {} });
      assert.ok(refused.isError);
      assert.match(refused.content[0].text, /elicitation/);
      return;
    }
    await assert.rejects(client.callTool({ name: 'ask', arguments: {} }), (error) => {
      assert.equal(error.code, -32021);
      assert.deepEqual(error.data.requiredCapabilities, { elicitation: { form: {} } });
      return true;
    });
  });
}

// Prompts, resources and completions of a plugin, with the official clients, in every era, over both transports.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { complaintsDuring, connect, ways } from './clients.mjs';
import { conformance } from './fixtures.mjs';

for (const way of ways) {
  test(`${way.name} lists and gets prompts`, async (t) => {
    const complaints = await complaintsDuring(async (note) => {
      const client = await connect(t, way, conformance(t));
      client.onerror = (error) => note(`client error: ${error}`);
      assert.ok(client.getServerCapabilities().prompts, 'prompts are declared');
      const { prompts } = await client.listPrompts();
      const names = prompts.map(({ name }) => name);
      assert.deepEqual(names, [...names].sort(), 'in order');
      const prompt = prompts.find(({ name }) => name === 'test_prompt_with_arguments');
      assert.ok(prompt.arguments.every(({ required }) => required));
      const filled = await client.getPrompt({ name: prompt.name, arguments: { arg1: 'a', arg2: 'b' } });
      assert.match(filled.messages[0].content.text, /arg1='a', arg2='b'/);
      const pictured = await client.getPrompt({ name: 'test_prompt_with_image' });
      assert.equal(pictured.messages[0].content.type, 'image');
    });
    assert.deepEqual(complaints, []);
  });

  test(`${way.name} lists and reads resources`, async (t) => {
    const client = await connect(t, way, conformance(t));
    const { resources } = await client.listResources();
    assert.deepEqual(
      resources.map(({ uri }) => uri),
      ['test://static-binary', 'test://static-text', 'test://watched-resource'],
    );
    const { resourceTemplates } = await client.listResourceTemplates();
    assert.equal(resourceTemplates[0].uriTemplate, 'test://template/{id}/data');
    const text = await client.readResource({ uri: 'test://static-text' });
    assert.equal(text.contents[0].text, 'This is the content of the static text resource.');
    const binary = await client.readResource({ uri: 'test://static-binary' });
    assert.match(Buffer.from(binary.contents[0].blob, 'base64').toString('latin1'), /PNG/);
    const filled = await client.readResource({ uri: 'test://template/a%20b/data' });
    assert.equal(JSON.parse(filled.contents[0].text).id, 'a b');
    const app = await client.readResource({ uri: 'ui://conformance/hello' });
    assert.equal(app.contents[0].mimeType, 'text/html;profile=mcp-app');
  });

  test(`${way.name} completes arguments of prompts and variables of templates`, async (t) => {
    const client = await connect(t, way, conformance(t));
    const ref = { type: 'ref/prompt', name: 'test_prompt_with_arguments' };
    const { completion } = await client.complete({ ref, argument: { name: 'arg1', value: 'test' } });
    assert.deepEqual(completion.values, ['test value', 'testing']);
    const uri = { type: 'ref/resource', uri: 'test://template/{id}/data' };
    const ids = await client.complete({ ref: uri, argument: { name: 'id', value: '' } });
    assert.deepEqual(ids.completion.values, ['123', '456']);
  });

  test(`${way.name} hears what is not there, in the words of its era`, async (t) => {
    const client = await connect(t, way, conformance(t));
    await assert.rejects(client.readResource({ uri: 'test://nowhere' }), (error) => {
      assert.equal(error.code, way.generation === '1.x' ? -32002 : -32602); // 2.x makes both the same
      return true;
    });
    await assert.rejects(client.getPrompt({ name: 'nobody' }), (error) => error.code === -32602);
    const incomplete = { name: 'test_prompt_with_arguments', arguments: { arg1: 'a' } };
    await assert.rejects(client.getPrompt(incomplete), (error) => error.code === -32602);
  });
}

for (const way of ways.filter(({ generation }) => ['2.x auto', '2.x modern'].includes(generation))) {
  test(`${way.name}: a prompt asks the person first`, async (t) => {
    const client = await connect(t, way, {
      ...conformance(t),
      options: { capabilities: { elicitation: { form: {} } } },
      prepare: (made) =>
        made.setRequestHandler('elicitation/create', async () => ({ action: 'accept', content: { context: 'cats' } })),
    });
    const { messages } = await client.getPrompt({ name: 'test_input_required_result_prompt' });
    assert.equal(messages[0].content.text, 'The user says: cats');
  });
}

// The plugin that offers every fixture of the official suite, and clients that answer whatever it asks.
import { join } from 'node:path';
import { CreateMessageRequestSchema, ElicitRequestSchema, ListRootsRequestSchema } from '@modelcontextprotocol/sdk/types.js';

import { program, workspace } from './harness.mjs';

export const isModern = ({ generation }) => ['2.x auto', '2.x modern'].includes(generation);

// The words that load it, beside what the product brings.
export function conformance(t, more = '') {
  const config = workspace(t).file('tomada.toml', `[plugin.conformance]\n${more}`);
  const folders = ['plugins', 'test-plugins'].flatMap((name) => ['--plugins', join(program, '../../lib/tomada', name)]);
  return { words: ['--config', config, ...folders] };
}

// What a person, a model and a host would say.
const samples = { string: 'Ana', boolean: true, integer: 7, number: 7.5 };
const filled = ({ properties = {} }) =>
  Object.fromEntries(Object.entries(properties).map(([name, { type, default: proposed, enum: choices, oneOf, items }]) => {
    const first = (list) => list?.[0]?.const ?? list?.[0];
    const one = first(choices) ?? first(oneOf);
    const several = items && [first(items.enum) ?? first(items.anyOf)];
    return [name, proposed ?? one ?? several ?? samples[type]];
  }));
export const answers = {
  'elicitation/create': ({ requestedSchema }) => ({ action: 'accept', content: filled(requestedSchema) }),
  'sampling/createMessage': () => ({ role: 'assistant', model: 'a-model', content: { type: 'text', text: 'Paris' } }),
  'roots/list': () => ({ roots: [{ uri: 'file:///home/ana/work', name: 'work' }] }),
};

// A client that can be asked everything; `asked` collects the questions.
export function askable(generation, asked) {
  const old = {
    'elicitation/create': ElicitRequestSchema,
    'sampling/createMessage': CreateMessageRequestSchema,
    'roots/list': ListRootsRequestSchema,
  };
  return {
    options: { capabilities: { sampling: {}, elicitation: { form: {} }, roots: { listChanged: true } } },
    prepare(client) {
      for (const [method, answer] of Object.entries(answers)) {
        client.setRequestHandler(generation === '1.x' ? old[method] : method, async ({ params }) => {
          asked.push({ method, params });
          return answer(params);
        });
      }
    },
  };
}

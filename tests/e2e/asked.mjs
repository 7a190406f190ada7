// How the suites that run against every ERP ask: one question, or a list to its end.
import assert from 'node:assert/strict';

import { modern } from './harness.mjs';

// A holder for what lives as long as a describe: what t.after is to a test.
export const lasting = () => {
  const endings = [];
  return { after: (ending) => endings.push(ending), end: async () => { for (const ending of endings.reverse()) await ending(); } };
};

export async function result(server, name, args) {
  const { result, error } = await server.ask(modern(1, 'tools/call', { name, arguments: args }));
  return result ?? { isError: true, content: [{ text: JSON.stringify(error) }] };
}

export async function facts(server, name, args) {
  const answer = await result(server, name, args);
  assert.ok(!answer.isError, `${name} ${JSON.stringify(args)}: ${answer.content[0].text}`);
  return answer.structuredContent;
}

// Every page, and on each the same totals.
export async function whole(server, name, args, limit = 100) {
  const items = [];
  let first;
  let cursor;
  do {
    const page = await facts(server, name, { ...args, limit, ...(cursor && { cursor }) });
    first ??= page;
    assert.deepEqual([page.total, page.summary], [first.total, first.summary]);
    items.push(...page.items);
    cursor = page.next_cursor;
  } while (cursor);
  assert.equal(items.length, first.total, `${name} ${JSON.stringify(args)}: as many as it says`);
  return { ...first, items };
}

// Large results as files that the client reads as resources, instead of a flood.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { connect, ways } from './clients.mjs';
import { modern, modernHeaders, pipe, post, serve } from './harness.mjs';
import { ask, place } from './keys.mjs';

const lists = ['erp_receivables', 'erp_payables', 'erp_orders', 'erp_partners', 'erp_products'];

// RFC 4180.
function readCsv(text) {
  const rows = [['']];
  let isQuoted = false;
  for (let i = 0; i < text.length; ++i) {
    const row = rows.at(-1);
    if (isQuoted && text.startsWith('""', i)) row[row.length - 1] += text[i++];
    else if (text[i] === '"') isQuoted = !isQuoted;
    else if (!isQuoted && text[i] === ',') row.push('');
    else if (!isQuoted && text.startsWith('\r\n', i)) (rows.push(['']), ++i);
    else row[row.length - 1] += text[i];
  }
  rows.pop();
  const [columns, ...cells] = rows;
  return cells.map((row) => Object.fromEntries(columns.map((column, i) => [column, row[i]])));
}
const cents = (text) => BigInt(text.replace('.', ''));

for (const way of ways) {
  test(`${way.name}: a whole list is exported, linked and read, exact to the cent`, async (t) => {
    const client = await connect(t, way);
    for (const name of lists) {
      const args = { export: 'csv', ...(name.endsWith('ables') && { status: 'all' }) };
      const answer = await client.callTool({ name, arguments: args });
      assert.ok(!answer.isError, JSON.stringify(answer.content));
      const { export: file, total, summary, items } = answer.structuredContent;
      assert.deepEqual(items, []);
      assert.equal(file.rows, total);
      assert.ok(JSON.stringify(answer).length < 4_000, 'no flood');
      assert.ok(Date.parse(file.expires_at) > Date.now());
      assert.ok(answer.content[0].text.includes(file.uri));
      const link = answer.content.find(({ type }) => type === 'resource_link');
      assert.deepEqual([link.uri, link.mimeType, link.size], [file.uri, 'text/csv', file.bytes]);
      const { contents } = await client.readResource({ uri: file.uri });
      assert.equal(contents.length, 1);
      assert.equal(contents[0].mimeType, 'text/csv');
      assert.equal(Buffer.byteLength(contents[0].text), file.bytes);
      const rows = readCsv(contents[0].text);
      assert.equal(rows.length, total);
      const amount = name === 'erp_orders' ? 'total' : 'amount';
      if (summary?.amount) assert.equal(rows.reduce((sum, row) => sum + cents(row[amount]), 0n), cents(summary.amount));
    }
  });
}

test('an export is its owner\'s, in every process of the state folder; to anybody else there is nothing', async (t) => {
  const here = place(t, '[auth]\nrequired = true\n[role.finance]\ntools = ["erp_*"]\n');
  const of = (name, tenant) => here.key(name, '--role', 'finance', '--tenant', tenant);
  const [ana, bob, rival] = [of('ana', 'acme'), of('bob', 'acme'), of('ana2', 'rival')];
  const first = await here.serve();
  const second = await here.serve();
  const call = async (server, key) =>
    (await ask(server, key, 'tools/call', { name: 'erp_products', arguments: { export: 'json' } }, { 'mcp-name': 'erp_products' })).json.result;
  const made = await call(first, ana);
  const { uri, rows } = made.structuredContent.export;
  const read = async (server, key, what = uri) => (await ask(server, key, 'resources/read', { uri: what }, { 'mcp-name': what })).json;
  for (const server of [first, second]) {
    const whole = JSON.parse((await read(server, ana)).result.contents[0].text);
    assert.equal(whole.items.length, rows);
    const nothing = await read(server, ana, 'erp://exports/00000000000000000000000000000000.json');
    for (const other of [bob, rival]) {
      const refused = await read(server, other);
      assert.ok(refused.error, JSON.stringify(refused));
      assert.equal(refused.error.code, nothing.error.code);
      assert.equal(refused.error.message.replaceAll(uri, '*'), nothing.error.message.replaceAll('erp://exports/00000000000000000000000000000000.json', '*'));
    }
  }
  // The same question of another subject, or again, is another file: an answer with a file is never kept.
  const again = await call(first, ana);
  assert.notEqual(again.structuredContent.export.uri, uri);
  assert.equal(again._meta['tomada/freshness'].origin, 'live');
  const bobs = await call(first, bob);
  assert.equal(JSON.parse((await read(second, bob, bobs.structuredContent.export.uri)).result.contents[0].text).items.length, rows);
});

test('what is no export is refused, and the name in a URI leads nowhere else', async (t) => {
  const server = await serve(t, {});
  const read = async (uri) => {
    const message = modern(1, 'resources/read', { uri });
    return (await post(server.url, message, { ...modernHeaders(message), 'mcp-name': encodeURI(uri) })).json;
  };
  for (const uri of ['erp://exports/x', 'erp://exports/..%2Fhead', 'erp://exports/%00.csv', 'erp://exports/../../etc/passwd', 'erp://exports/'])
    assert.ok((await read(uri)).error, uri);
  const client = pipe(t);
  const answer = await client.ask(modern(2, 'tools/call', { name: 'erp_products', arguments: { export: 'xlsx' } }));
  assert.match(JSON.stringify(answer), /csv.*json/);
});

// The tools that write to the ERP, against a simulated Omie: the user is asked in the client's own way, nothing is booked
// twice, and the trail tells who meant what.
import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { ElicitRequestSchema } from '@modelcontextprotocol/sdk/types.js';

import { connect, ways } from './clients.mjs';
import { initialize, legacy, pipe, run, simulator, until, workspace } from './harness.mjs';

const today = '2026-11-20';
const secret = '5ec2e7ca0a7b5ec2e7ca0a7b5ec2e7ca';

async function company(t, words = []) {
  const url = await simulator(t, ['--today', '20/11/2026', '--titles', '60', ...words]);
  const place = workspace(t);
  const config = place.file(
    'tomada.toml',
    `[upstream.omie]\nurl = "${url}/api/v1/"\nkind = "omie"\n\n[plugin.erp]\nsource = "omie"\nupstream = "omie"\n` +
      `app_key = "1234567890123"\napp_secret = "${secret}"\ntoday = "${today}"\nwrites = true\n`,
  );
  return { ...place, url, config, words: ['--config', config] };
}

const trail = (state) => readFileSync(join(state, 'audit.jsonl'), 'utf8').trim().split('\n').map((line) => JSON.parse(line));
const rowsOf = (result) => result.structuredContent.items;

async function billOf(ask) {
  const partner = rowsOf(await ask('erp_partners', { role: 'supplier', active: true, limit: 1 }))[0];
  const categories = rowsOf(await ask('erp_categories', { kind: 'expense', active: true, limit: 100 }));
  const category = categories.find(({ group }) => !group);
  return { partner, bill: { partner_id: partner.id, amount: '4321.09', due_on: '2026-12-01', category: category.code, document: 'NF 77' } };
}

for (const way of ways) {
  test(`${way.name}: the user sees what will be booked, says yes, and the list shows it at once`, async (t) => {
    const place = await company(t);
    const asked = [];
    let answer = { action: 'decline' };
    const client = await connect(t, way, {
      words: place.words,
      options: { capabilities: { elicitation: { form: {} } } },
      prepare: (made) =>
        made.setRequestHandler(way.generation === '1.x' ? ElicitRequestSchema : 'elicitation/create', async ({ params }) => {
          asked.push(params.message);
          return answer;
        }),
    });
    const ask = (name, args) => client.callTool({ name, arguments: args });
    const { partner, bill } = await billOf(ask);
    const search = { min_amount: 4321.09, max_amount: 4321.09 };
    assert.equal((await ask('erp_payables', search)).structuredContent.total, 0);

    const declined = await ask('erp_create_payable', bill);
    assert.equal(declined.structuredContent.booked, false);
    assert.equal((await ask('erp_payables', search)).structuredContent.total, 0);

    answer = { action: 'accept', content: { confirm: true } };
    const booked = await ask('erp_create_payable', bill);
    assert.ok(!booked.isError, JSON.stringify(booked.content));
    assert.equal(booked.structuredContent.booked, true);
    assert.equal(asked.length, 2);
    for (const fact of ['4321.09', '2026-12-01', partner.name, bill.category, 'NF 77']) assert.ok(asked[1].includes(fact), fact);

    const listed = await ask('erp_payables', search);
    assert.deepEqual(rowsOf(listed).map(({ id, open, document }) => [id, open, document]), [
      [booked.structuredContent.id, '4321.09', 'NF 77'],
    ]);
    const again = await ask('erp_create_payable', bill);
    assert.equal(again.structuredContent.repeated, true);
    assert.equal(again.structuredContent.id, booked.structuredContent.id);
    assert.equal(asked.length, 2);
  });
}

test('without writes = true there are no such tools, and the default role does not see them', async (t) => {
  const place = workspace(t);
  const names = (words) => JSON.parse(run(['tools', 'list', '--format', 'json', '--state', place.state, ...words]).stdout).tools.map(({ name }) => name);
  assert.ok(!names([]).includes('erp_create_payable'));
  const on = place.file('on.toml', '[plugin.erp]\nwrites = true\n');
  assert.ok(names(['--config', on]).includes('erp_create_payable'));
  const plain = place.file('plain.toml', '[plugin.erp]\nwrites = true\n[stdio]\nroles = ["default"]\n');
  const client = pipe(t, { state: place.state, words: ['--config', plain] });
  await client.ask(initialize(1));
  client.send({ jsonrpc: '2.0', method: 'notifications/initialized' });
  const { result } = await client.ask(legacy(2, 'tools/list'));
  assert.ok(!result.tools.some(({ name }) => name.startsWith('erp_create')));
});

test('check tells which tools may write, and that a source does not', (t) => {
  const place = workspace(t);
  const check = (text) => run(['check', '--state', place.state, '--config', place.file('tomada.toml', text)]);
  assert.match(check('[plugin.erp]\nwrites = true\n').stdout, /erp_create_partner, erp_create_payable, erp_create_receivable may write/);
  const tryton = '[upstream.t]\nurl = "http://127.0.0.1:1/"\n[plugin.erp]\nsource = "tryton"\nupstream = "t"\ndatabase = "d"\nuser = "u"\npassword = "pppp"\nwrites = true\n';
  const told = check(tryton);
  assert.match(told.stdout + told.stderr, /"tryton\\?" does not write/);
});

test('from the command line nobody can be asked, so nothing is booked', async (t) => {
  const place = await company(t);
  const tool = (name, args) => run(['tools', 'call', name, JSON.stringify(args), '--format', 'json', '--state', place.state, ...place.words]);
  const { bill } = await billOf(async (name, args) => JSON.parse(tool(name, args).stdout));
  const refused = tool('erp_create_payable', bill);
  assert.equal(refused.code, 5);
  assert.match(refused.stdout + refused.stderr, /Nothing was sent/);
  assert.ok(!existsSync(join(place.state, 'audit.jsonl')));
});

// Speaks the older era by hand, so that it can be killed in the middle.
async function asking(t, place) {
  const client = pipe(t, { state: place.state, words: place.words });
  const hello = initialize(1);
  hello.params.capabilities = { elicitation: {} };
  await client.ask(hello);
  client.send({ jsonrpc: '2.0', method: 'notifications/initialized' });
  let id = 1;
  client.call = async (name, args) => {
    const mine = ++id;
    client.send(legacy(mine, 'tools/call', { name, arguments: args }));
    while (true) {
      const message = await client.answer();
      if (message.id === mine && !message.method) return message.result;
      if (message.method === 'elicitation/create')
        client.send({ jsonrpc: '2.0', id: message.id, result: { action: 'accept', content: { confirm: true } } });
    }
  };
  return client;
}

test('killed between the intent and the answer, then repeated: booked once, and the trail tells all of it', async (t) => {
  const place = await company(t, ['--latency-ms', '700']);
  const first = await asking(t, place);
  const { bill } = await billOf(first.call);
  void first.call('erp_create_payable', bill);
  const statistics = async () => (await (await fetch(`${place.url}/__statistics`)).json()).methods;
  await until(async () => (await statistics()).IncluirContaPagar?.requests === 1, 'the request is on its way');
  await first.stop('SIGKILL');
  assert.deepEqual(trail(place.state).map(({ record }) => record), ['intent']);

  const second = await asking(t, place);
  const again = await second.call('erp_create_payable', bill);
  assert.equal(again.structuredContent.booked, true);
  assert.equal(again.structuredContent.repeated, true);
  const listed = await second.call('erp_payables', { min_amount: 4321.09, max_amount: 4321.09 });
  assert.deepEqual(rowsOf(listed).map(({ id }) => id), [again.structuredContent.id]);

  const lines = trail(place.state);
  assert.deepEqual(lines.map(({ record, state }) => state ?? record), ['intent', 'intent', 'done']);
  assert.equal(lines[0].key, lines[1].key);
  assert.equal(lines[1].tool, 'erp_create_payable');
  assert.equal(lines[1].subject, 'local');
  assert.equal(lines[1].arguments.amount, '4321.09');
  assert.equal(statSync(join(place.state, 'audit.jsonl')).mode & 0o777, 0o600);
  for (const name of readdirSync(place.state).filter((each) => each.startsWith('audit')))
    assert.ok(!readFileSync(join(place.state, name), 'utf8').includes(secret), name);
});

test('an answer that is lost on the way is told as not known, and repeating books nothing more', async (t) => {
  const place = await company(t);
  const client = await asking(t, place);
  const { bill } = await billOf(client.call);
  await fetch(`${place.url}/__trouble`, { method: 'POST', body: JSON.stringify({ mode: 'truncate', count: 1 }) });
  const lost = await client.call('erp_create_payable', bill);
  assert.ok(lost.isError);
  assert.match(lost.content[0].text, /not known.*never booked twice/s);
  const again = await client.call('erp_create_payable', bill);
  assert.equal(again.structuredContent.repeated, true);
  assert.deepEqual(trail(place.state).map(({ record, state }) => state ?? record), ['intent', 'unknown', 'intent', 'done']);
});

test('a customer and what it owes, with accents, quotes and injections kept as they are', async (t) => {
  const place = await company(t);
  const client = await asking(t, place);
  const name = `Inês D'Ávila "São João" Ltda'); DROP--`;
  const made = await client.call('erp_create_partner', { name, tax_id: '11222333000181', role: 'customer', city: 'Atibaia', state: 'SP' });
  assert.equal(made.structuredContent.booked, true, JSON.stringify(made));
  const found = rowsOf(await client.call('erp_partners', { query: '11.222.333/0001-81' }));
  assert.deepEqual(found.map((each) => [each.id, each.name]), [[made.structuredContent.id, name]]);
  const categories = rowsOf(await client.call('erp_categories', { kind: 'revenue', active: true, limit: 100 }));
  const owed = { partner_id: made.structuredContent.id, amount: '0.07', due_on: today, category: categories.find(({ group }) => !group).code };
  assert.equal((await client.call('erp_create_receivable', owed)).structuredContent.booked, true);
  const titles = rowsOf(await client.call('erp_receivables', { partner: '11.222.333/0001-81' }));
  assert.deepEqual(titles.map(({ partner, amount }) => [partner, amount]), [[name, '0.07']]);
});

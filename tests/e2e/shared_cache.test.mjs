// Several instances with state folders of their own share what they know through a real Redis, which may go at any time.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { failureOf, initialize, legacy, modern, modernHeaders, pipe, post, run, serve, until, workspace } from './harness.mjs';
import { bearer } from './keys.mjs';
import { password, redis } from './redis.mjs';

const configuration = (store, more = '') =>
  `[cache]\nredis = "${store.url}"\nredis_password = "\${REDIS_PASSWORD}"\n\n[plugin.erp]\nwrites = true\ntoday = "2026-11-20"\n${more}`;
const env = { REDIS_PASSWORD: password };

async function instance(t, text, headers = {}) {
  const place = workspace(t);
  const words = ['--config', place.file('tomada.toml', text)];
  const server = await serve(t, { state: place.state, words, env });
  server.state = place.state;
  let id = 0;
  server.ask = async (name, args = {}, headers = {}) => {
    const message = modern(++id, 'tools/call', { name, arguments: args });
    return (await post(server.url, message, { ...modernHeaders(message), ...headers })).json;
  };
  server.condition = async () => (await (await fetch(`${server.origin}/health/detailed`, { headers })).json()).components['cache.shared'];
  server.shared = () => JSON.parse(run(['cache', 'stats', '--format', 'json', '--state', place.state]).stdout).processes[0].shared;
  await until(async () => (await server.condition())?.status === 'healthy', 'it is connected');
  return server;
}

async function town(t, more, headers) {
  const store = await redis(t);
  const text = configuration(store, more);
  return { store, text, here: await instance(t, text, headers), there: await instance(t, text, headers) };
}

const origin = (answer) => answer.result._meta['tomada/freshness'].origin;
const question = { limit: 3 };

// The first answers may come before the instance knows what it may share; each argument is another question.
async function share(one, other, name = 'erp_receivables') {
  for (let limit = 1; limit < 100; ++limit) {
    assert.equal(origin(await one.ask(name, { limit })), 'live');
    const before = other.shared().misses;
    await until(() => one.shared().queued === 0, 'it is kept');
    if (origin(await other.ask(name, { limit })) === 'cache') return limit;
    assert.ok(other.shared().misses >= before);
  }
  assert.fail('nothing is ever shared');
}

test('two instances run a tool once; stats, metrics and check tell of it', async (t) => {
  const { store, text, here, there } = await town(t);
  const limit = await share(here, there);
  assert.deepEqual(
    (await there.ask('erp_receivables', { limit })).result.structuredContent,
    (await here.ask('erp_receivables', { limit })).result.structuredContent,
  );
  const told = there.shared();
  assert.equal(told.connected, true);
  assert.equal(told.hits, 1);
  assert.ok(here.shared().kept >= 1);
  assert.match(run(['cache', 'stats', '--state', there.state]).stdout, /SHARED\n[0-9a-f]{16} .*\d+\.\d %\n$/);
  const metrics = async () => (await fetch(`${there.origin}/metrics`)).text();
  assert.match(await metrics(), /^tomada_cache_shared_hits 1$/m);
  await until(async () => /^tomada_health\{component="cache.shared"\} 0$/m.test(await metrics()), 'its health is a metric');

  const place = workspace(t);
  const check = (config, secret = password) =>
    run(['check', '--state', place.state, '--config', place.file('tomada.toml', config)], { env: { ...process.env, REDIS_PASSWORD: secret } });
  assert.match(check(text).stdout, /^ok +cache\.redis: redis:\/\/127\.0\.0\.1:\d+\/0 answers$/m);
  const wrong = check(text, 'wrong-password');
  assert.equal(wrong.code, 4);
  assert.match(failureOf(wrong).message, /WRONGPASS/);
  await store.kill();
  const gone = check(text);
  assert.equal(gone.code, 4);
  assert.match(gone.stdout, /^problem .*tomada\.toml:2.*Connection refused/m);
  const tls = check(text.replace('redis://', 'rediss://'));
  assert.equal(tls.code, 2);
  assert.match(failureOf(tls).message, /speaks no TLS/);
});

test('a write through one instance and a cleared cache are heard by the other', async (t) => {
  const { text, here, there } = await town(t);
  const limit = await share(here, there, 'erp_payables');
  const orders = await share(here, there, 'erp_orders');
  const place = workspace(t);
  const writer = pipe(t, { state: place.state, words: ['--config', place.file('tomada.toml', text)], env });
  const hello = initialize(1);
  hello.params.capabilities = { elicitation: {} };
  await writer.ask(hello);
  writer.send({ jsonrpc: '2.0', method: 'notifications/initialized' });
  const call = async (id, name, args) => {
    writer.send(legacy(id, 'tools/call', { name, arguments: args }));
    for (;;) {
      const message = await writer.answer();
      if (message.id === id && !message.method) return message.result.structuredContent;
      if (message.method === 'elicitation/create')
        writer.send({ jsonrpc: '2.0', id: message.id, result: { action: 'accept', content: { confirm: true } } });
    }
  };
  const partner = (await call(2, 'erp_partners', { role: 'supplier', active: true, limit: 1 })).items[0];
  const { code } = (await call(3, 'erp_categories', { kind: 'expense', active: true, limit: 100 })).items.find(({ group }) => !group);
  const begun = Date.now();
  const booked = await call(4, 'erp_create_payable', { partner_id: partner.id, amount: '12.34', due_on: '2026-12-01', category: code });
  assert.equal(booked.booked, true);

  const readAt = async (server) => Date.parse((await server.ask('erp_payables', { limit })).result._meta['tomada/freshness'].as_of);
  for (const server of [here, there]) await until(async () => (await readAt(server)) >= begun, 'it has read the payables anew');
  assert.equal(origin(await there.ask('erp_orders', { limit: orders })), 'cache');

  assert.equal(run(['cache', 'clear', '--state', here.state]).stdout, 'cleared in 1 process\n');
  await until(async () => origin(await there.ask('erp_orders', { limit: orders })) === 'live', 'it has forgotten everything');
});

test('two tenants never hear each other through Redis, and Redis sees neither questions nor secrets', async (t) => {
  const secrets = { acme: 'canary-key-of-acme-0123456789abcdef', rival: 'canary-key-of-rival-0123456789abcdef' };
  const keys = Object.entries(secrets).map(
    ([name, key]) => `[auth.key.${name}]\nkey = "${key}"\ntenant = "canary-tenant-${name}"\n`,
  );
  const { store, here, there } = await town(t, `[auth]\nrequired = true\n${keys.join('')}`, bearer(secrets.acme));
  await store.monitor();
  const args = { query: 'canary-argument', limit: 5 };
  const ask = (server, who) => server.ask('erp_partners', args, bearer(secrets[who]));
  assert.equal(origin(await ask(here, 'acme')), 'live');
  await until(() => here.shared().queued === 0 && store.monitored.includes('"SET"'), 'it is kept');
  assert.equal(origin(await ask(there, 'rival')), 'live');
  assert.equal(origin(await ask(there, 'acme')), 'cache');
  assert.equal(origin(await ask(here, 'rival')), 'cache');
  const seen = store.monitored + (await store.keys());
  assert.match(seen, /tomada:result:[0-9a-f]{64}/);
  for (const word of ['canary', 'erp_partners', 'structured', 'acme']) assert.ok(!seen.includes(word), word);
});

test('redis-server killed under load and started again: no call fails, health says degraded, then healthy', async (t) => {
  const { store, here, there } = await town(t);
  const servers = [here, there];
  let stop = false;
  let calls = 0;
  const failed = [];
  const work = async (seed) => {
    for (let i = seed; !stop; i += 7) {
      const answer = await servers[i % 2].ask('erp_receivables', { limit: 1 + (i % 100), min_amount: i % 13 });
      ++calls;
      if (!answer?.result || answer.result.isError) failed.push(answer);
    }
  };
  const load = [0, 1, 2, 3, 4, 5, 6, 7].map(work);
  const after = (more) => { const from = calls; return until(() => calls >= from + more, 'calls are answered'); };
  const all = (status) =>
    until(async () => (await Promise.all(servers.map((each) => each.condition()))).every((each) => each.status === status), `all are ${status}`, 30_000);
  for (const signal of ['SIGKILL', 'SIGSTOP']) {
    await after(200);
    await store.kill(signal);
    await all('degraded');
    const { reason, next_step, since } = await here.condition();
    assert.match(reason, /results are not shared with other instances: Redis at 127\.0\.0\.1:\d+: /);
    assert.ok(next_step && since);
    await after(200);
    if (signal === 'SIGKILL') await store.start();
    else store.child.kill('SIGCONT');
    await all('healthy');
  }
  await after(200);
  stop = true;
  await Promise.all(load);
  assert.deepEqual(failed, []);
  assert.equal((await fetch(`${here.origin}/health/ready`)).status, 200);
});

test('without Redis a server starts, serves and says so', async (t) => {
  const place = workspace(t);
  const config = place.file('tomada.toml', `[cache]\nredis = "redis://127.0.0.1:9/0"\n`);
  const server = await serve(t, { state: place.state, words: ['--config', config] });
  const message = modern(1, 'tools/call', { name: 'erp_receivables', arguments: question });
  await until(async () => origin((await post(server.url, message, modernHeaders(message))).json) === 'cache', 'it keeps what it knows');
  await until(async () => {
    const { components } = await (await fetch(`${server.origin}/health/detailed`)).json();
    return components['cache.shared'].status === 'degraded' && /Connection refused/.test(components['cache.shared'].reason);
  }, 'health tells why');
  assert.match(run(['cache', 'stats', '--state', place.state]).stdout, /away\n$/);
  assert.equal((await server.stop('SIGTERM')).code, 0);
});

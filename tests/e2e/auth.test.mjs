// Who may come in over HTTP and over a pipe, what they then see, and how often they may ask.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { conformance } from './fixtures.mjs';
import { failureOf, legacy, modern, post, runBeside, serve, sleep, until } from './harness.mjs';
import { required, roles, place, bearer, idOf, ask, call, names } from './keys.mjs';

test('a key is shown once, listed without its secret, and kept as a digest', (t) => {
  const { keys, key, state } = place(t);
  const made = key('reports', '--role', 'finance', '--tenant', 'acme', '--expires', '90d');
  assert.match(made, /^tmd_[0-9a-f]{8}_[A-Za-z0-9_-]{43}$/);
  const [listed] = JSON.parse(keys('list', '--format', 'json').stdout).keys;
  assert.equal(listed.id, idOf(made));
  assert.deepEqual([listed.name, listed.subject, listed.tenant, listed.roles, listed.state], ['reports', 'reports', 'acme', ['finance'], 'good']);
  assert.equal(Date.parse(listed.expires) - Date.parse(listed.created), 90 * 24 * 3600 * 1000);
  assert.match(keys('list').stdout, new RegExp(`${listed.id}.*good.*reports@acme`));
  const secret = made.slice(13);
  for (const entry of readdirSync(state)) assert.ok(!readFileSync(join(state, entry), 'latin1').includes(secret), entry);
  const json = JSON.parse(keys('add', '--name', 'second', '--format', 'json').stdout);
  assert.match(json.key, /^tmd_/);
});

test('what cannot be done with keys is said', (t) => {
  const { keys } = place(t);
  assert.equal(failureOf(keys('revoke', '00000000')).message, 'there is no key "00000000"');
  assert.equal(failureOf(keys('rotate', 'x')).code, 'not_found');
  assert.match(failureOf(keys('add', '--name', 'x', '--role', 'salse')).message, /there is no role "salse"/);
  assert.match(failureOf(keys('add', '--name', 'x', '--expires', 'soon')).message, /soon is no time such as 24h or 90d/);
  assert.match(failureOf(keys('add')).message, /--name/);
  assert.match(failureOf(keys('revok', 'x')).hint, /"revoke"/);
});

test('no key, a wrong key and the key of nobody: 401 with the challenge, in both eras, before anything is read', async (t) => {
  const server = await place(t).serve();
  for (const [headers, challenge] of [
    [{}, 'Bearer realm="tomada"'],
    [bearer('wrong'), 'Bearer realm="tomada", error="invalid_token"'],
    [bearer(`tmd_00000000_${'A'.repeat(43)}`), 'Bearer realm="tomada", error="invalid_token"'],
    [{ authorization: 'Basic YTpi' }, 'Bearer realm="tomada", error="invalid_token"'],
  ]) {
    for (const body of [modern(1, 'tools/list'), legacy(1, 'tools/list'), '{no json']) {
      const answer = await post(server.url, body, headers);
      assert.equal(answer.status, 401, answer.text);
      assert.equal(answer.headers.get('www-authenticate'), challenge);
      assert.equal(answer.json.jsonrpc, '2.0');
      assert.ok(answer.json.error.message);
    }
  }
  assert.match(server.log, /HTTP request refused.*127\.0\.0\.1/);
});

test('revoked, expired, changed or never given out: the refusal is the same to the letter', async (t) => {
  const here = place(t);
  const [good, revoked, expired] = [here.key('good'), here.key('revoked'), here.key('expired', '--expires', '1s')];
  assert.equal(here.keys('revoke', idOf(revoked)).code, 0);
  const server = await here.serve();
  await sleep(1_100);
  assert.equal((await ask(server, good, 'tools/list')).status, 200);
  const mixed = `tmd_${idOf(good)}_${revoked.split('_').slice(2).join('_')}`;
  const refusals = [];
  for (const key of [revoked, expired, mixed, `${good}A`, good.slice(0, -1), good.toUpperCase(), `tmd_00000000_${'A'.repeat(43)}`, 'garbage']) {
    const { status, headers, json } = await ask(server, key, 'tools/list');
    refusals.push(JSON.stringify([status, headers.get('www-authenticate'), json.error]));
  }
  assert.deepEqual(new Set(refusals).size, 1, refusals.join('\n'));
  assert.match(refusals[0], /^\[401,.*the credentials are not valid/);
});

test('keys made and revoked beside a running server hold within a second', async (t) => {
  const here = place(t);
  const server = await here.serve();
  const key = here.key('late');
  await until(async () => (await ask(server, key, 'tools/list')).status === 200, 'the new key is good', 1_000);
  const next = here.keys('rotate', idOf(key), '--overlap', '1h').stdout.trim();
  await until(async () => (await ask(server, next, 'tools/list')).status === 200, 'the next key is good', 1_000);
  assert.equal((await ask(server, key, 'tools/list')).status, 200);
  assert.equal(here.keys('revoke', idOf(key)).code, 0);
  await until(async () => (await ask(server, key, 'tools/list')).status === 401, 'the old key is refused', 1_000);
  assert.equal((await ask(server, next, 'tools/list')).status, 200);
  const brief = here.key('brief', '--expires', '1s');
  await sleep(1_100);
  assert.equal((await ask(server, brief, 'tools/list')).status, 401);
  const states = () => JSON.parse(here.keys('list', '--format', 'json').stdout).keys;
  assert.deepEqual(states().map(({ state }) => state), ['revoked', 'good', 'expired']);
  await until(() => states()[1].last_used, 'its use is written down', 3_000);
});

test('each key sees and calls what its roles allow; a hidden tool answers as one that does not exist', async (t) => {
  const here = place(t);
  const [sales, finance, plain] = [here.key('s', '--role', 'sales'), here.key('f', '--role', 'finance'), here.key('p')];
  const server = await here.serve();
  assert.deepEqual(await names(server, sales), ['erp_orders', 'get_system_metrics']);
  assert.ok((await names(server, finance)).every((name) => name.startsWith('erp_')));
  assert.ok(!(await names(server, plain)).includes('configure_alerts')); // it writes
  assert.equal((await ask(server, sales, 'tools/list')).json.result.cacheScope ?? 'private', 'private');
  for (const [key, hidden] of [[sales, 'erp_receivables'], [finance, 'get_system_metrics'], [plain, 'configure_alerts']]) {
    const told = (await call(server, key, hidden)).json.error;
    const unknown = (await call(server, key, 'nonexistent')).json.error;
    assert.equal(told.code, unknown.code);
    assert.equal(told.message, unknown.message.replace('nonexistent', hidden));
  }
  assert.ok((await call(server, sales, 'erp_orders')).json.result.structuredContent);
});

test('headers and arguments do not tell a hidden tool from one that does not exist', async (t) => {
  const few = `${required}[role.few]\ntools = ["greet"]\n`;
  const here = place(t, few);
  const key = here.key('bob', '--role', 'few');
  const server = await here.serve(conformance(t, few));
  const told = async (name, headers) => {
    const { status, json } = await ask(server, key, 'tools/call', { name, arguments: { region: 'x' } }, headers);
    return [status, json.error.code, json.error.message.replaceAll(name, 'NAME')];
  };
  for (const headers of [{}, { 'mcp-param-region': 'x' }, { 'mcp-param-region': 'y' }]) {
    assert.deepEqual(await told('test_custom_header', headers), await told('nonexistent', headers));
  }
});

test('a cached answer is heard by its own tenant and roles only', async (t) => {
  const here = place(t);
  const keys = [['a', 'sales', 'acme'], ['b', 'sales', 'acme'], ['c', 'finance', 'acme'], ['d', 'sales', 'other']].map(([name, role, tenant]) =>
    here.key(name, '--role', role, '--tenant', tenant),
  );
  const server = await here.serve();
  const origins = [];
  for (const key of keys) origins.push((await call(server, key, 'erp_orders', { limit: 2 })).json.result._meta['tomada/freshness'].origin);
  assert.deepEqual(origins, ['live', 'cache', 'live', 'live']);
});

test('health may be asked by anybody, its details and the metrics need a key', async (t) => {
  const here = place(t);
  const key = here.key('probe');
  const server = await here.serve();
  for (const path of ['/health', '/health/live', '/health/ready']) assert.equal((await fetch(server.origin + path)).status, 200, path);
  for (const path of ['/health/detailed', '/metrics']) {
    assert.equal((await fetch(server.origin + path)).status, 401, path);
    assert.equal((await fetch(server.origin + path, { headers: bearer(key) })).status, 200, path);
  }
  await ask(server, 'wrong', 'tools/list');
  const metrics = await (await fetch(server.origin + '/metrics', { headers: bearer(key) })).text();
  assert.match(metrics, /^tomada_auth_refused_total\{reason="missing"\} 2$/m);
  assert.match(metrics, /^tomada_auth_refused_total\{reason="invalid"\} 1$/m);
});

test('limits count calls, in batches too, and say when to come again', async (t) => {
  const here = place(t, `${roles}[limits]\nprincipal_per_minute = 3\n[limits.tool."erp_products"]\nper_minute = 1\n`);
  const [one, two] = [here.key('one', '--role', 'finance'), here.key('two', '--role', 'finance')];
  const server = await here.serve();
  const frames = [1, 2, 3, 4, 5].map((id) => legacy(id, 'tools/call', { name: 'erp_orders', arguments: { limit: 1 } }));
  const { json } = await post(server.url, frames, { ...bearer(one), 'mcp-protocol-version': '2025-03-26' });
  const told = json.filter(({ result }) => result.isError).map(({ result }) => result.content[0].text);
  assert.equal(told.length, 2);
  for (const text of told) assert.match(text, /3 times a minute.*Try again in \d+ seconds\./);
  const refused = await call(server, one, 'erp_orders');
  assert.ok(Number(refused.headers.get('retry-after')) > 0);
  assert.equal((await call(server, two, 'erp_products')).json.result.isError, undefined);
  assert.match((await call(server, two, 'erp_products')).json.result.content[0].text, /erp_products may be called once a minute/);
  assert.equal((await call(server, two, 'erp_orders')).json.result.isError, undefined);
});

test('an address without calls left, and one that guesses keys, hear 429 and Retry-After', async (t) => {
  const here = place(t, `${roles}[limits]\naddress_per_minute = 2\n`);
  const key = here.key('one', '--role', 'finance');
  const server = await here.serve();
  for (let n = 0; n < 2; ++n) assert.equal((await call(server, key, 'erp_orders')).status, 200);
  const flooded = await call(server, key, 'erp_orders');
  assert.equal(flooded.status, 429);
  assert.ok(Number(flooded.headers.get('retry-after')) > 0);
  const open = await place(t).serve();
  let guessed;
  for (let n = 0; n < 200 && guessed?.status !== 429; ++n) guessed = await ask(open, 'guess', 'tools/list');
  assert.equal(guessed.status, 429);
  assert.ok(Number(guessed.headers.get('retry-after')) > 0);
});

test('no key ever appears in a log, an answer, a metric or a file of the state folder', async (t) => {
  const configured = 'canary-5f0c1d-'.padEnd(40, 'x');
  const here = place(t, `${roles}[auth.key.bot]\nkey = "${configured}"\nroles = ["finance"]\n[plugin.erp]\n[plugin.system]\n`);
  const key = here.key('canary', '--role', 'finance');
  const words = [...here.words, '--log-level', 'debug'];
  const server = await here.serve({ words });
  const wrong = `tmd_${idOf(key)}_${'w'.repeat(43)}`;
  const said = [];
  for (const shown of [key, configured, wrong]) {
    said.push((await ask(server, shown, 'tools/list')).text, (await call(server, shown, 'erp_orders', { surprise: 1 })).text);
    for (const path of ['/metrics', '/health/detailed']) said.push(await (await fetch(server.origin + path, { headers: bearer(shown) })).text());
  }
  await sleep(700); // its use is written down
  await server.stop();
  said.push(server.greeting, server.log);
  for (const command of [['check'], ['keys', 'list'], ['keys', 'revoke', idOf(key)], ['tools', 'list'], ['client', 'cursor', '--via', 'http']]) {
    const result = await runBeside([...command, ...here.words, '--state', here.state]);
    said.push(result.stdout, result.stderr);
  }
  for (const entry of readdirSync(here.state, { recursive: true })) {
    const path = join(here.state, entry);
    if (statSync(path).isFile()) said.push(readFileSync(path, 'latin1'));
  }
  for (const text of said) {
    for (const secret of [key.slice(13), configured, wrong.slice(13)]) assert.ok(!text.includes(secret), text.slice(0, 500));
  }
});

// A question that one process asked and another one hears the answer to: the key that seals what travels in between.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { failureOf, modern, modernHeaders, modernMeta, post, program, run, serve, until, workspace } from './harness.mjs';

const [first, second] = ['first', 'second'].map((name) => `seal-canary-${name}-`.padEnd(44, 'k'));
const plugins = ['plugins', 'test-plugins'].flatMap((name) => ['--plugins', join(program, '../../lib/tomada', name)]);
const sealing = (key, before = []) => `[auth]\nseal_key = "${key}"\nprevious_seal_keys = ${JSON.stringify(before)}\n`;
const refusal = '"requestState" is not valid for this request; begin again without it';

// A process with a state folder of its own.
async function instance(t, auth, env = {}) {
  const place = workspace(t);
  const config = place.file('tomada.toml', `${auth}[plugin.conformance]\n`);
  const server = await serve(t, { state: place.state, words: ['--config', config, ...plugins], env });
  return Object.assign(server, { config, state: place.state });
}

const ask = async (server, more = {}, as = 'test_input_required_result_request_state') => {
  const message = modern(1, 'tools/call', { name: as, arguments: {}, ...more });
  message.params._meta = { ...modernMeta, 'io.modelcontextprotocol/clientCapabilities': { elicitation: {} } };
  return (await post(server.url, message, modernHeaders(message))).json;
};
const begin = async (server) => (await ask(server)).result.requestState;
const goOn = (server, requestState) => ask(server, { requestState, inputResponses: { confirm: { action: 'accept', content: { ok: true } } } });
const continues = async (server, state) => assert.match((await goOn(server, state)).result.content[0].text, /state-ok/);
const refuses = async (server, state) => assert.deepEqual((await goOn(server, state)).error, { code: -32602, message: refusal });

test('a second process with another state folder goes on where the first one asked, with the same key and with no other', async (t) => {
  const [one, two, stranger, alone] = await Promise.all([
    instance(t, sealing('${SEAL_KEY}'), { SEAL_KEY: first }),
    instance(t, sealing(first)),
    instance(t, sealing(second)),
    instance(t, ''),
  ]);
  const state = await begin(one);
  await continues(two, state);
  await continues(one, state);
  await refuses(stranger, state);
  await refuses(alone, state);
  await refuses(one, await begin(alone));
});

test('without a configured key a restart goes on, from its state folder', async (t) => {
  const place = workspace(t);
  const words = ['--config', place.file('tomada.toml', '[plugin.conformance]\n'), ...plugins];
  const before = await serve(t, { state: place.state, words });
  const state = await begin(before);
  await before.stop();
  await continues(await serve(t, { state: place.state, words }), state);
});

test('SIGHUP rotates the key: the new one seals, the old one still opens until it is taken out', async (t) => {
  const server = await instance(t, sealing(first));
  const old = await begin(server);
  let reloads = 0;
  const reload = async (auth) => {
    writeFileSync(server.config, `${auth}[plugin.conformance]\n`);
    server.child.kill('SIGHUP');
    await until(() => server.log.split('"reloaded"').length > reloads + 1, 'the new keys are read');
    ++reloads;
  };
  await reload(sealing(second, [first]));
  await continues(server, old);
  await continues(await instance(t, sealing(second)), await begin(server));
  await reload(sealing(second));
  await refuses(server, old);
  await continues(server, await begin(server));
});

test('no sealing key is ever shown, and a short one is refused', async (t) => {
  const server = await instance(t, sealing(first, [second]));
  await begin(server);
  assert.equal((await server.stop()).code, 0);
  const checked = run(['check', '--config', server.config, '--state', server.state, ...plugins]);
  const files = readdirSync(server.state, { withFileTypes: true }).filter((entry) => entry.isFile());
  const kept = files.map(({ name }) => readFileSync(join(server.state, name), 'latin1'));
  for (const text of [server.log, server.greeting, checked.stdout, checked.stderr, ...kept]) assert.ok(!text.includes('seal-canary'), text.slice(0, 2000));
  const place = workspace(t);
  const refused = run(['check', '--config', place.file('tomada.toml', '[auth]\nseal_key = "seal-canary"\n'), '--state', place.state]);
  assert.equal(refused.code, 2);
  assert.match(refused.stdout + refused.stderr, /tomada\.toml:2.*32 to 512/);
  assert.ok(!(refused.stdout + refused.stderr).includes('seal-canary'));
  const started = run(['http', '--config', join(place.folder, 'tomada.toml'), '--state', place.state]);
  assert.ok(!JSON.stringify(failureOf(started)).includes('seal-canary'));
});

// Who must show a key where: beyond loopback, on loopback, on a pipe, and keys that the configuration brings.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { test } from 'node:test';

import { atEnd, failureOf, modern, pipe, program, run, serve, until, workspace } from './harness.mjs';
import { roles, place, idOf, ask, call, names } from './keys.mjs';

// Beyond loopback, on any free port; the harness waits for a loopback address.
async function serveEverywhere(t, { state, words = [], env = {} }) {
  const child = spawn(program, ['http', '--listen', '0.0.0.0:0', '--state', state, ...words], { stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env } });
  atEnd(t, () => child.kill('SIGKILL'));
  child.stderr.resume();
  const port = await new Promise((resolve, reject) => {
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      const found = /http:\/\/0\.0\.0\.0:(\d+)\/mcp/.exec((said += text));
      if (found) resolve(found[1]);
    });
    child.on('exit', (code) => reject(new Error(`the server ended with ${code}`)));
  });
  return { url: `http://127.0.0.1:${port}/mcp`, origin: `http://127.0.0.1:${port}` };
}

test('beyond loopback a key is needed, the first one may come from the environment, and without any health says so', async (t) => {
  const { state } = workspace(t);
  const first = 'a-first-key-that-is-long-enough-for-it';
  const server = await serveEverywhere(t, { state, env: { TOMADA_API_KEY: first } });
  assert.equal((await ask(server, '', 'tools/list')).status, 401);
  assert.ok((await names(server, first)).includes('configure_alerts'));
  const locked = await serveEverywhere(t, { state: workspace(t).state });
  assert.equal((await ask(locked, first, 'tools/list')).status, 401);
  assert.equal((await (await fetch(locked.origin + '/health')).json()).status, 'degraded');
  const refused = run(['http', '--listen', '0.0.0.0:0', '--state', state], { env: { ...process.env, TOMADA_API_KEY: 'short' } });
  assert.equal(refused.code, 2);
  assert.equal(failureOf(refused).where, 'TOMADA_API_KEY');
});

test('--insecure opens the door, and health says what to do about it', async (t) => {
  const { state } = workspace(t);
  const server = await serveEverywhere(t, { state, words: ['--insecure'] });
  assert.equal((await ask(server, '', 'tools/list')).status, 200);
  const { status, components } = await (await fetch(server.origin + '/health/detailed')).json();
  assert.equal(status, 'degraded');
  assert.equal(components.authorisation.status, 'degraded');
  assert.match(components.authorisation.next_step, /tomada keys add/);
});

test('a loopback listener asks nobody unless it is told to', async (t) => {
  const server = await serve(t);
  assert.equal((await ask(server, '', 'tools/list')).status, 200);
  assert.equal((await ask(server, 'anything', 'tools/list')).status, 200);
  const { components } = await (await fetch(server.origin + '/health/detailed')).json();
  assert.equal(components.authorisation, undefined);
});

test('the configuration may bring keys; a reload replaces them', async (t) => {
  const [first, second] = ['first', 'second'].map((name) => name.padEnd(40, '-'));
  const text = (variable) => `${roles}[auth.key.bot]\nkey = "\${${variable}}"\ntenant = "acme"\nroles = ["sales"]\n`;
  const here = place(t, text('FIRST_KEY'));
  const server = await here.serve({ env: { FIRST_KEY: first, SECOND_KEY: second } });
  assert.deepEqual(await names(server, first), ['erp_orders', 'get_system_metrics']);
  assert.equal((await ask(server, second, 'tools/list')).status, 401);
  here.file('tomada.toml', text('SECOND_KEY'));
  server.child.kill('SIGHUP');
  await until(async () => (await ask(server, second, 'tools/list')).status === 200, 'the new key is good');
  assert.equal((await ask(server, first, 'tools/list')).status, 401);
});

test('on a pipe the key in the environment says who it is', async (t) => {
  const here = place(t);
  const sales = here.key('s', '--role', 'sales');
  const line = pipe(t, { state: here.state, words: here.words, env: { TOMADA_API_KEY: sales } });
  const { result } = await line.ask(modern(1, 'tools/list'));
  assert.deepEqual(result.tools.map(({ name }) => name), ['erp_orders', 'get_system_metrics']);
  const { error } = await line.ask(modern(2, 'tools/call', { name: 'erp_receivables', arguments: {} }));
  assert.match(error.message, /unknown tool/);
  assert.equal(here.keys('revoke', idOf(sales)).code, 0);
  const without = { ...process.env };
  delete without.TOMADA_API_KEY;
  for (const env of [without, { ...without, TOMADA_API_KEY: sales }, { ...without, TOMADA_API_KEY: 'wrong' }]) {
    const refused = run(['stdio', '--state', here.state, ...here.words], { env, input: '' });
    assert.equal(refused.code, 3, refused.stderr);
    assert.equal(failureOf(refused).where, 'TOMADA_API_KEY');
    assert.ok(!refused.stderr.includes(sales));
  }
});

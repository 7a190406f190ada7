// SIGHUP: the new configuration as a whole, or the old one as it was. No call is lost in between.
import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { test } from 'node:test';

import { modern, modernHeaders, post, serve, simulator, until, workspace } from './harness.mjs';

let lastId = 0;
async function ask(server, method, params = {}) {
  const message = modern(++lastId, method, params);
  return (await post(server.url, message, modernHeaders(message))).json;
}
const call = async (server, name, args = {}) => (await ask(server, 'tools/call', { name, arguments: args })).result;
const names = async (server) => (await ask(server, 'tools/list')).result.tools.map(({ name }) => name);
const said = (server, text) => server.log.split(text).length - 1;

async function withConfiguration(t, text) {
  const place = workspace(t);
  const path = place.file('tomada.toml', text);
  const server = await serve(t, { state: place.state, words: ['--config', path] });
  return {
    server,
    async reload(next, outcome = '"reloaded"') {
      const before = said(server, outcome);
      writeFileSync(path, next);
      server.child.kill('SIGHUP');
      await until(() => said(server, outcome) > before, `the log says ${outcome}`);
    },
  };
}

test('a new configuration is in force from the next call on', async (t) => {
  const { server, reload } = await withConfiguration(t, '[plugin.system]\n[plugin.erp]\nsource = "demo"\n');
  assert.ok((await names(server)).includes('get_system_metrics'));
  await reload('language = "pt-BR"\n[plugin.system]\nprefix = "my_"\n[plugin.alerts]\nenabled = false\n[role.local]\ntools = ["my_*", "health_*"]\n');
  assert.deepEqual(await names(server), ['health_check_complete', 'my_get_system_metrics']);
  assert.equal((await call(server, 'my_get_system_metrics')).structuredContent.fastmcp_status, 'running');
  assert.equal((await ask(server, 'tools/call', { name: 'get_system_metrics', arguments: {} })).error.code, -32602);
  const { components } = (await call(server, 'health_check_complete')).structuredContent;
  const plugins = components.map(({ name }) => name).filter((name) => name.startsWith('plugin.'));
  assert.deepEqual(plugins, ['plugin.erp', 'plugin.health', 'plugin.system']);
});

test('a bad configuration changes nothing, and the log says what is wrong with it', async (t) => {
  const { server, reload } = await withConfiguration(t, '[plugin.system]\n');
  const before = await names(server);
  const parts = Object.keys((await (await fetch(server.origin + '/health/detailed')).json()).components);
  for (const bad of ['langage = "en"\n', '[plugin.system]\n[plugin.nowhere]\n', '[plugin.erp]\nsource = "paper"\n', '[plugin.system\n']) {
    await reload(bad, 'the configuration is refused; the running one stays');
    assert.deepEqual(await names(server), before);
    assert.ok(!(await call(server, 'get_system_metrics')).isError);
    const { components } = await (await fetch(server.origin + '/health/detailed')).json();
    assert.deepEqual(Object.keys(components), parts);
  }
  assert.match(server.log, /tomada\.toml:1\b.*langage/);
  await reload('[http]\ndrain = "2s"\n[cache]\nmax_bytes = "1MB"\n[plugin.system]\n');
  for (const key of ['http.drain', 'cache.max_bytes']) assert.ok(server.log.includes(`next start only","key":"${key}"`), key);
});

test('reloads under load lose no call, not even one that outlives its plugin', async (t) => {
  const url = await simulator(t, ['--latency-ms', '700']);
  const omie = `[upstream.omie]\nurl = "${url}/api/v1/"\nkind = "omie"\n\n[plugin.erp]\nsource = "omie"\nupstream = "omie"\n` +
    'app_key = "1234567890123"\napp_secret = "0123456789abcdef0123456789abcdef"\n[plugin.system]\n';
  const { server, reload } = await withConfiguration(t, omie);
  let isOver = false;
  const quick = Array.from({ length: 8 }, async () => {
    let count = 0;
    for (; !isOver; ++count) assert.ok(!(await call(server, 'get_system_metrics')).isError);
    return count;
  });
  const slow = ['erp_products', 'erp_categories'].map((name) => call(server, name));
  for (let round = 0; round < Number(process.env.TOMADA_RELOADS ?? 10); ++round) await reload(`${omie}interval_ms = ${1000 + round}\n`);
  isOver = true;
  for (const count of await Promise.all(quick)) assert.ok(count > 0);
  for (const result of await Promise.all(slow)) assert.match(result.content[0].text, /As of 20/);
});

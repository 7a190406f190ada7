// A plugin that is wrong is refused and told; the server and the other plugins go on.
import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from 'node:test';

import { program, run, workspace } from './harness.mjs';

const built = join(dirname(program), '../lib/tomada/test-plugins');
const quiet = ['erp', 'system', 'health', 'alerts'].map((name) => `[plugin.${name}]\nenabled = false\n`).join('');

// A folder with the good plugin "hello" and one more, and a configuration that names both.
function besideHello(t, name, lay) {
  const place = workspace(t);
  const plugins = join(place.folder, 'plugins');
  mkdirSync(plugins);
  for (const file of ['hello.so', 'hello.json']) copyFileSync(join(built, file), join(plugins, file));
  lay(plugins);
  const config = place.file('tomada.toml', `[plugin.hello]\n[plugin.${name}]\n${quiet}`);
  return ['--config', config, '--plugins', plugins, '--state', place.state];
}

function refusedBesideHello(options, name, reason) {
  const listed = run(['plugins', 'list', '--format', 'json', ...options]);
  assert.equal(listed.code, 0, listed.stderr);
  const { plugins } = JSON.parse(listed.stdout);
  assert.equal(plugins.find((one) => one.instance === 'hello').state, 'loaded');
  const refused = plugins.find((one) => one.instance === name);
  assert.equal(refused.state, 'refused');
  assert.match(refused.reason, reason);
  assert.ok(refused.next_step.length > 5);
  const checked = run(['check', ...options]);
  assert.match(checked.stdout, new RegExp(`^problem +plugin\\.${name}: `, 'm'));
  const called = run(['tools', 'call', 'hello_greet', '{"name":"Ada"}', ...options]);
  assert.equal(called.code, 0, called.stderr);
}

test('a plugin without its manifest is refused alone', (t) => {
  const options = besideHello(t, 'noman', (folder) => copyFileSync(join(built, 'hello.so'), join(folder, 'noman.so')));
  refusedBesideHello(options, 'noman', /its manifest is missing/);
});

test('a plugin that was cut short is refused alone', (t) => {
  const options = besideHello(t, 'cut', (folder) => {
    writeFileSync(join(folder, 'cut.so'), readFileSync(join(built, 'hello.so')).subarray(0, 8000));
    copyFileSync(join(built, 'hello.json'), join(folder, 'cut.json'));
  });
  refusedBesideHello(options, 'cut', /it was cut short/);
});

test('a plugin whose static initialisers throw is refused alone', (t) => {
  const options = besideHello(t, 'bad', (folder) => {
    copyFileSync(join(built, 'initialiser_throws.so'), join(folder, 'bad.so'));
    copyFileSync(join(built, 'initialiser_throws.json'), join(folder, 'bad.json'));
  });
  refusedBesideHello(options, 'bad', /opening it ends in a crash \(SIGABRT\).*the price list/s);
});

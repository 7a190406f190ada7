// `tomada check`: every problem with its place and its mend, and the exit code of the worst.
import assert from 'node:assert/strict';
import net from 'node:net';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';

import { atEnd, failureOf, run, serve, simulator, workspace } from './harness.mjs';

const keys = 'app_key = "1234567890123"\napp_secret = "0123456789abcdef0123456789abcdef"\n';

function checked(t, text, options) {
  const place = workspace(t);
  const result = run(['check', '--config', place.file('tomada.toml', text), '--state', place.state], options);
  const problems = result.stdout.split('\n').filter((line) => line.startsWith('problem'));
  return { ...result, problems, place };
}

function finds(t, text, code, ...patterns) {
  const result = checked(t, text);
  assert.equal(result.code, code, result.stdout + result.stderr);
  for (const pattern of patterns) assert.ok(result.problems.some((line) => pattern.test(line)), `${pattern}: ${result.stdout}`);
  assert.equal(result.problems.length, patterns.length, result.stdout);
  assert.equal(result.stderr.trim().split('\n').length, 1, result.stderr);
  assert.ok(failureOf(result).message);
}

test('check says when there is no problem', (t) => {
  const place = workspace(t);
  const good = run(['check', '--state', place.state]);
  assert.equal(good.code, 0, good.stderr + good.stdout);
  assert.match(good.stdout, /^ok {8}plugin\.erp: /m);
  assert.match(good.stdout, /^ok {8}plugin\.erp: erp_categories answers$/m);
  assert.doesNotMatch(good.stdout, /^problem/m);
});

test('check tells all problems of a file, each with its line', (t) => {
  finds(t, 'langage = "en"\n\n[http]\nlisen = "127.0.0.1:1"\n', 2, /tomada\.toml:1: .*langage.*"language"/, /tomada\.toml:4: .*lisen.*"listen"/);
});

test('check tells what sections of plugins say wrongly beside other problems', (t) => {
  finds(
    t,
    'langage = "en"\n[plugin.erp]\nsorce = "omie"\n[plugin.system]\ninterval_ms = "often"\n[plugin.health]\nuse = "helth"\n',
    2,
    /tomada\.toml:1: .*langage/,
    /tomada\.toml:2: .*sorce.*"source"/,
    /tomada\.toml:4: .*interval_ms/,
    /tomada\.toml:6: .*helth.*"health"/,
  );
});

test('check finds names that lead nowhere', (t) => {
  finds(t, '[upstream.omie]\n[plugin.erp]\nupstream = "omi"\n', 2, /tomada\.toml:3: .*"omi".*"omie"/);
  finds(t, '[plugin.erp]\nservices = ["tomada.http/9"]\n', 2, /tomada\.toml:2: .*tomada\.http\/9.*tomada\.http\/1/);
});

test('check finds a missing key of a source, and two sections with the same tools', (t) => {
  finds(t, '\n[plugin.erp]\nsource = "omie"\n', 2, /tomada\.toml:2: .*upstream.*app_key.*app_secret/);
  finds(t, '\n[plugin.erp]\nsource = "tryton"\n', 2, /tomada\.toml:2: .*upstream.*database.*user.*password/);
  finds(t, '\n[plugin.branch]\nuse = "erp"\n', 2, /tomada\.toml:2: \[plugin\.branch\] .*\[plugin\.erp\].*prefix/);
});

test('check finds a log file that cannot be written', (t) => {
  finds(t, 'language = "en"\nlog_file = "/nonexistent/dir/x.log"\n', 1, /tomada\.toml:2: .*\/nonexistent\/dir\/x\.log.*/);
  const place = workspace(t);
  const config = place.file('tomada.toml', `log_file = "${place.folder}/tomada.log"\n`);
  assert.equal(run(['check', '--config', config, '--state', place.state]).code, 0);
  assert.throws(() => readFileSync(`${place.folder}/tomada.log`), 'check leaves no log behind');
});

test('check finds an upstream that does not answer, and one that answers', async (t) => {
  const silent = net.createServer((socket) => atEnd(t, () => socket.destroy())).listen(0, '127.0.0.1');
  await new Promise((resolve) => silent.once('listening', resolve));
  atEnd(t, () => silent.close());
  const port = silent.address().port;
  finds(
    t,
    `[upstream.omie]\nurl = "http://127.0.0.1:1/"\n\n[upstream.bank]\nurl = "https://127.0.0.1:${port}/"\n\n[upstream.post]\nurl = "http://name.invalid/"\n`,
    4,
    /tomada\.toml:1: upstream\.omie: .*127\.0\.0\.1:1.* refused/,
    /tomada\.toml:4: upstream\.bank: .*TLS/,
    /tomada\.toml:7: upstream\.post: .*name\.invalid/,
  );
  const good = checked(t, `[upstream.plain]\nurl = "http://127.0.0.1:${port}/"\n`);
  assert.equal(good.code, 0, good.stderr);
  assert.match(good.stdout, /^ok {8}upstream\.plain: http:\/\/127\.0\.0\.1:\d+ accepts connections$/m);
});

test('check asks the ERP one question: wrong keys are found', async (t) => {
  const url = await simulator(t);
  const config = (secret) =>
    `[upstream.omie]\nurl = "${url}/api/v1/"\n\n[plugin.erp]\nsource = "omie"\nupstream = "omie"\n${keys.replace(/(app_secret = ").*"/, `$1${secret}"`)}`;
  const good = checked(t, config('0123456789abcdef0123456789abcdef'));
  assert.equal(good.code, 0, good.stdout + good.stderr);
  assert.match(good.stdout, /^ok {8}plugin\.erp: erp_categories answers$/m);
  finds(t, config('no-secret-of-this-application'), 4, /tomada\.toml:4: plugin\.erp: erp_categories: /);
});

test('without a line for it a plugin has the upstream that its manifest names', async (t) => {
  const url = await simulator(t);
  const place = workspace(t);
  const config = place.file('tomada.toml', `[upstream.omie]\nurl = "${url}/api/v1/"\n\n[plugin.erp]\nsource = "omie"\nupstream = "omie"\n${keys}`);
  const called = run(['tools', 'call', 'erp_categories', '{"limit":1}', '--config', config, '--state', place.state]);
  assert.equal(called.code, 0, called.stderr);
});

test('a running server is no problem for check', async (t) => {
  const place = workspace(t);
  await serve(t, { state: place.state });
  const result = run(['check', '--state', place.state]);
  assert.equal(result.code, 0, result.stdout + result.stderr);
});

// Ends: told to stop, killed, three at once. Nothing acknowledged is lost, nothing secret appears.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import { join } from 'node:path';
import { test } from 'node:test';

import { atEnd, initialize, legacy, modern, modernHeaders, pipe, post, program, runBeside, serve, simulator, until, workspace } from './harness.mjs';

let lastId = 0;
async function call(server, name, args = {}) {
  const message = modern(++lastId, 'tools/call', { name, arguments: args });
  const answer = server.url ? (await post(server.url, message, modernHeaders(message))).json : await server.ask(message);
  return answer.result;
}
const rule = (name) => ({ action: 'create', rule: { name, metric: 'memory_percent', operator: '>', threshold: 99.5, channel: 'log' } });

test('told to stop while idle, it is gone within 100 ms with exit code 0', async (t) => {
  const times = []; // other tests share the machine: the best of several
  for (let attempt = 0; attempt < 20 && !(Math.min(...times) < 100); ++attempt) {
    const server = await serve(t);
    await post(server.url, modern(1, 'tools/list'), modernHeaders(modern(1, 'tools/list')));
    const end = await server.stop();
    assert.equal(end.code, 0, server.log);
    times.push(end.ms);
    const line = pipe(t);
    await line.ask(modern(1, 'tools/list'));
    assert.equal((await line.stop()).code, 0, line.log);
  }
  assert.ok(Math.min(...times) < 100, `${times.map(Math.round)} ms`);
});

// A server whose ERP is the simulator, or anything else at that address.
const onOmie = (place, url, drain) =>
  place.file(
    'tomada.toml',
    `[http]\ndrain = "${drain}"\n\n[upstream.omie]\nurl = "${url}/api/v1/"\nkind = "omie"\n\n` +
      `[plugin.erp]\nsource = "omie"\nupstream = "omie"\napp_key = "1234567890123"\napp_secret = "0123456789abcdef0123456789abcdef"\n`,
  );
const questions = ['erp_partners', 'erp_receivables', 'erp_payables', 'erp_products', 'erp_orders', 'erp_categories'];

// Slow calls of both eras in flight on one HTTP server; `meanwhile` runs when all have been received.
async function inFlightOverHttp(t, { url, drain }, meanwhile) {
  const place = workspace(t);
  const server = await serve(t, { state: place.state, words: ['--config', onOmie(place, url, drain)] });
  const calls = questions.flatMap((name) => {
    const now = modern(++lastId, 'tools/call', { name, arguments: {} });
    return [post(server.url, now, modernHeaders(now)), post(server.url, legacy(++lastId, 'tools/call', { name, arguments: { limit: 3 } }))];
  });
  const count = async () => Number(/^tomada_calls_in_flight (\d+)$/m.exec(await (await fetch(server.origin + '/metrics')).text())[1]);
  await until(async () => (await count()) === calls.length, 'every call is in flight');
  const end = await meanwhile(server);
  return { end, log: server.log, results: (await Promise.all(calls)).map(({ json }) => json.result) };
}
async function inFlightOverPipe(t, { url, drain }, meanwhile) {
  const place = workspace(t);
  const line = pipe(t, { state: place.state, words: ['--config', onOmie(place, url, drain)] });
  await line.ask(initialize(++lastId));
  for (const name of questions) line.send(legacy(++lastId, 'tools/call', { name, arguments: {} }));
  line.send(legacy(++lastId, 'ping'));
  assert.equal((await line.answer()).id, lastId); // what was sent before it has been received
  const end = await meanwhile(line);
  const results = [];
  for (const _ of questions) results.push((await line.answer()).result);
  return { end, log: line.log, results };
}

test('told to stop under load, every call in flight is answered and the exit code is 0', async (t) => {
  for (const inFlight of [inFlightOverHttp, inFlightOverPipe]) {
    const url = await simulator(t, ['--latency-ms', '400']);
    const { end, log, results } = await inFlight(t, { url, drain: '10s' }, (server) => server.stop());
    assert.equal(end.code, 0, log);
    for (const result of results) assert.match(result.content[0].text, /^[a-z ]+: [1-9][^]*As of 20/);
  }
});

test('a call that does not end is answered at the drain deadline, in both eras, on both transports', async (t) => {
  const silent = net.createServer(() => {}).listen(0, '127.0.0.1');
  await new Promise((resolve) => silent.once('listening', resolve));
  atEnd(t, () => silent.close());
  const url = `http://127.0.0.1:${silent.address().port}`;
  const endOfInput = (line) => (line.end(), line.exit);
  for (const [inFlight, close] of [
    [inFlightOverHttp, (server) => server.stop()],
    [inFlightOverPipe, (server) => server.stop()],
    [inFlightOverPipe, endOfInput],
  ]) {
    const begin = performance.now();
    const { end, log, results } = await inFlight(t, { url, drain: '1s' }, close);
    assert.equal(end.code, 0, log);
    assert.ok(performance.now() - begin < 15_000, 'it waited for the upstream'); // whose patience is 29 s
    for (const result of results) {
      assert.equal(result.isError, true);
      assert.match(result.content[0].text, /shutting down/);
    }
  }
});

test('a plugin that never ends a call keeps neither its caller nor the process', async (t) => {
  const place = workspace(t);
  const config = place.file('tomada.toml', '[http]\ndrain = "1s"\n[plugin.conduct]\n');
  const folders = ['plugins', 'test-plugins'].flatMap((name) => ['--plugins', join(program, '../../lib/tomada', name)]);
  const server = await serve(t, { state: place.state, words: ['--config', config, ...folders] });
  const stuck = call(server, 'gate');
  const inFlight = async () => /^tomada_calls_in_flight 1$/m.test(await (await fetch(server.origin + '/metrics')).text());
  await until(inFlight, 'the call is in flight');
  const end = await server.stop();
  assert.equal(end.code, 0, server.log);
  assert.match((await stuck).content[0].text, /shutting down/);
  assert.match(server.log, /ends without it/);
});

test('every alert rule that was acknowledged survives kill -9', async (t) => {
  const { state } = workspace(t);
  const acknowledged = [];
  for (let round = 0; round < (process.env.TOMADA_KILLS ?? 5); ++round) {
    const server = await serve(t, { state });
    const creating = (async () => {
      for (let n = 0; n < 200; ++n) {
        const name = `kill-${round}-${n}`;
        const result = await call(server, 'configure_alerts', rule(name)).catch(() => undefined);
        if (!result) return;
        assert.ok(!result.isError, JSON.stringify(result));
        acknowledged.push(name);
      }
    })();
    const before = acknowledged.length;
    await until(() => acknowledged.length >= before + 1 + (round % 7), 'rules are being acknowledged');
    await server.stop('SIGKILL'); // in the middle of the next ones
    await creating;
  }
  const survivor = await serve(t, { state });
  const kept = await everyRule(survivor);
  for (const name of acknowledged) assert.ok(kept.has(name), `${name} was lost`);
});

async function everyRule(server) {
  const names = new Set();
  for (let cursor; ; ) {
    const { structuredContent, isError, content } = await call(server, 'configure_alerts', { action: 'list', ...(cursor && { cursor }) });
    assert.ok(!isError, JSON.stringify(content));
    for (const { name } of structuredContent.rules) names.add(name);
    cursor = structuredContent.next_cursor;
    if (!cursor) return names;
  }
}

test('three processes on one state folder: one leads, all see the same rules, another leads when it dies', async (t) => {
  const place = workspace(t);
  const words = ['--config', place.file('tomada.toml', '[alerts]\ninterval = "200ms"\n[plugin.alerts]\n[plugin.health]\n')];
  let lines = [1, 2, 3].map(() => pipe(t, { state: place.state, words }));
  const leads = async (line) => {
    const { structuredContent } = await call(line, 'health_check_complete', { component: 'alert_delivery' });
    return structuredContent.components[0].details.leads;
  };
  const leaders = async () => (await Promise.all(lines.map(leads))).filter(Boolean).length;
  await until(async () => (await leaders()) === 1, 'one leads');
  await call(lines[1], 'configure_alerts', rule('seen-by-all'));
  for (const line of lines) {
    await until(async () => (await everyRule(line)).has('seen-by-all'), 'the rule is seen by every process');
  }
  const standing = await Promise.all(lines.map(leads));
  await lines[standing.indexOf(true)].stop('SIGKILL');
  lines = lines.filter((_, index) => !standing[index]);
  await until(async () => (await leaders()) === 1, 'another leads', 30_000);
  for (const line of lines) {
    line.end();
    assert.equal((await line.exit).code, 0, line.log);
  }
});

test('the state folder is private', async (t) => {
  const { state } = workspace(t);
  await (await serve(t, { state })).stop();
  assert.equal(statSync(state).mode & 0o777, 0o700);
  for (const entry of readdirSync(state, { recursive: true })) {
    const { mode } = statSync(join(state, entry));
    assert.equal(mode & 0o007, 0, `${entry} is open to others`);
  }
});

test('logs are one JSON object per line, joined to their call by its correlation id', async (t) => {
  const server = await serve(t, { words: ['--log-level', 'debug'] });
  await call(server, 'get_system_metrics');
  await call(server, 'get_system_metrics', { surprise: true });
  await server.stop();
  const lines = server.log.trim().split('\n').map((line) => JSON.parse(line));
  const calls = lines.filter((line) => JSON.stringify(line).includes('get_system_metrics'));
  assert.ok(calls.length >= 2, server.log);
  assert.match(JSON.stringify(calls[0]), /"[0-9a-f]{32}"/);
});

// An ERP that repeats in its answers whatever it was told, in several spellings.
async function echo(t) {
  const server = http.createServer(async (request, response) => {
    let body = '';
    for await (const bytes of request) body += bytes;
    const words = [body, Buffer.from(body).toString('base64'), encodeURIComponent(body), JSON.stringify(body)];
    response.end(JSON.stringify({ faultstring: `não entendi: ${words.join(' ')}`, faultcode: 'SOAP-ENV:Server' }));
  });
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  atEnd(t, () => (server.closeAllConnections(), server.close()));
  return `http://127.0.0.1:${server.address().port}`;
}

test('a secret of the configuration never appears anywhere, even when the ERP repeats it', async (t) => {
  const place = workspace(t);
  const canaries = ['1234567890123', 'canary7f3a9c5d/+segredo'];
  const config = place.file(
    'tomada.toml',
    `[upstream.omie]\nurl = "${await echo(t)}/api/v1/"\nkind = "omie"\n\n` +
      `[plugin.system]\n[plugin.health]\n[plugin.alerts]\n[plugin.erp]\nsource = "omie"\nupstream = "omie"\n` +
      `app_key = "\${CANARY_KEY}"\napp_secret = "${canaries[1]}"\n`, // one from the environment, one as it is
  );
  const env = { CANARY_KEY: canaries[0] };
  const words = ['--config', config, '--log-level', 'debug'];
  const server = await serve(t, { state: place.state, words, env });
  const list = modern(1, 'tools/list');
  const said = [server.greeting];
  const { json, text } = await post(server.url, list, modernHeaders(list));
  said.push(text);
  let repeated = 0;
  for (const { name } of json.result.tools) {
    const answer = JSON.stringify(await call(server, name));
    if (answer.includes('não entendi')) ++repeated;
    said.push(answer);
  }
  assert.ok(repeated > 0, 'the ERP was asked and its words were passed on');
  for (const path of ['/health/detailed', '/metrics']) said.push(await (await fetch(server.origin + path)).text());
  await server.stop();
  said.push(server.log);
  for (const words of [['check'], ['plugins', 'list'], ['tools', 'list'], ['tools', 'call', 'erp_categories'], ['client', 'claude-desktop']]) {
    const result = await runBeside([...words, '--config', config, '--state', place.state], { env: { ...process.env, ...env } });
    said.push(result.stdout, result.stderr);
  }
  for (const entry of readdirSync(place.state, { recursive: true })) {
    const path = join(place.state, entry);
    if (statSync(path).isFile()) said.push(readFileSync(path, 'latin1'));
  }
  const forms = canaries.flatMap((canary) => [canary, encodeURIComponent(canary), Buffer.from(canary).toString('base64').slice(4, -4)]);
  for (const text of said) {
    for (const form of forms) assert.ok(!text.includes(form), text.slice(Math.max(0, text.indexOf(form) - 200)).slice(0, 500));
  }
});

test('metrics satisfy promtool, health has its four routes', async (t) => {
  const server = await serve(t);
  await call(server, 'get_system_metrics');
  const { spawnSync } = await import('node:child_process');
  const metrics = await fetch(server.origin + '/metrics');
  assert.match(metrics.headers.get('content-type'), /^text\/plain; version=0\.0\.4/);
  const text = await metrics.text();
  assert.match(text, /^tomada_system_memory_ratio(\{[^}]*\})? 0\.\d+$/m);
  const checked = spawnSync('promtool', ['check', 'metrics'], { input: text, encoding: 'utf8' });
  if (checked.error && !process.env.TOMADA_NO_SKIP) console.log('SKIPPED: promtool is not installed');
  else assert.equal(checked.status, 0, checked.stdout + checked.stderr);
  for (const path of ['/health', '/health/live', '/health/ready', '/health/detailed']) {
    const answer = await fetch(server.origin + path);
    assert.equal(answer.status, 200, path);
    assert.ok((await answer.json()).status, path);
  }
});

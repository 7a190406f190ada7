// HTTPS: a certificate from files, exchanged by SIGHUP while connections stand.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import https from 'node:https';
import { test } from 'node:test';

import { failureOf, modern, modernHeaders, run, serve, until, workspace } from './harness.mjs';

function certificate(place, name) {
  const files = { certificate: `${place.folder}/${name}.crt`, key: `${place.folder}/${name}.key` };
  const words = '-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 90 -subj /CN=localhost -addext subjectAltName=IP:127.0.0.1';
  execFileSync('openssl', ['req', '-x509', ...words.split(' '), '-keyout', files.key, '-out', files.certificate], { stdio: 'ignore' });
  return files;
}

// One call; resolves to the answer, its encoding and the serial number of the certificate that served it.
function call(server, trusted, name = 'get_system_metrics', agent = undefined) {
  const message = modern(1, 'tools/call', { name, arguments: {} });
  const options = { method: 'POST', ca: trusted.map((file) => readFileSync(file)), agent,
    headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream', ...modernHeaders(message) } };
  return new Promise((resolve, reject) => {
    const request = https.request(server.url, options, (response) => {
      const serial = response.socket.getPeerCertificate().serialNumber;
      let text = '';
      response.setEncoding('utf8').on('data', (part) => (text += part)).on('end', () => resolve({ serial, json: JSON.parse(text) }));
    });
    request.on('error', reject).end(JSON.stringify(message));
  });
}

const serialOf = (file) => execFileSync('openssl', ['x509', '-noout', '-serial', '-in', file], { encoding: 'utf8' }).trim().slice(7);

async function secure(t) {
  const place = workspace(t);
  const first = certificate(place, 'first');
  const config = place.file('tomada.toml', `[http]\ntls_certificate = "${first.certificate}"\ntls_key = "${first.key}"\n[plugin.system]\n[plugin.health]\n`);
  return { place, first, config, server: await serve(t, { state: place.state, words: ['--config', config] }) };
}

test('calls are answered over HTTPS, and the certificate is shown in health', async (t) => {
  const { server, first, config, place } = await secure(t);
  const answer = await call(server, [first.certificate]);
  assert.equal(answer.json.result.structuredContent.fastmcp_status, 'running');
  assert.equal(answer.serial, serialOf(first.certificate));
  await assert.rejects(call(server, []), /self-signed/);
  const health = (await call(server, [first.certificate], 'health_check_complete')).json.result.structuredContent;
  assert.equal(health.components.find(({ name }) => name === 'certificate').status, 'healthy');
  assert.match(run(['client', 'cursor', '--via', 'http', '--config', config, '--state', place.state]).stdout, /"url": "https:/);
});

test('SIGHUP takes a renewed certificate, keeps the old one when the new one is broken, and drops no connection', async (t) => {
  const { server, place, first } = await secure(t);
  const old = `${place.folder}/old.crt`;
  copyFileSync(first.certificate, old);
  const agent = new https.Agent({ keepAlive: true, maxSockets: 1 });
  const before = await call(server, [old], 'get_system_metrics', agent);
  const second = certificate(place, 'second');
  copyFileSync(second.certificate, first.certificate);
  server.child.kill('SIGHUP');  // the key still is the old one
  await until(() => server.log.includes('the certificate is refused; the running one stays'), 'the refusal is logged');
  assert.equal((await call(server, [old])).serial, before.serial);
  copyFileSync(second.key, first.key);
  server.child.kill('SIGHUP');
  await until(() => server.log.includes('"reloaded"'), 'the renewal is logged');
  assert.equal((await call(server, [second.certificate])).serial, serialOf(second.certificate));
  assert.ok((await call(server, [old], 'get_system_metrics', agent)).json.result, 'the connection of before goes on');
  agent.destroy();
});

test('SIGHUP takes a certificate from other files, and names what only a start can change', async (t) => {
  const { server, place, first, config } = await secure(t);
  const second = certificate(place, 'second');
  const moved = (certificate, key) => place.file('tomada.toml', `[http]\ntls_certificate = "${certificate}"\ntls_key = "${key}"\n[plugin.system]\n`);
  moved(second.certificate, `${place.folder}/absent.key`);
  server.child.kill('SIGHUP');
  await until(() => server.log.includes('the certificate is refused; the running one stays'), 'the refusal is logged');
  assert.equal((await call(server, [first.certificate])).serial, serialOf(first.certificate));
  moved(second.certificate, second.key);
  server.child.kill('SIGHUP');
  await until(() => server.log.includes('"reloaded"'), 'the other files are read');
  assert.equal((await call(server, [second.certificate])).serial, serialOf(second.certificate));
  writeFileSync(config, '[plugin.system]\n');
  server.child.kill('SIGHUP');
  await until(() => /takes effect at the next start only.*http\.tls_certificate/.test(server.log), 'HTTPS stays');
  assert.equal((await call(server, [second.certificate])).serial, serialOf(second.certificate));
});

test('a certificate without its key, or one that cannot be read, is refused with its place', (t) => {
  const place = workspace(t);
  const config = (text) => place.file('tomada.toml', `[http]\n${text}`);
  const start = (text) => run(['http', '--config', config(text), '--state', place.state]);
  const alone = start('tls_certificate = "/nonexistent.crt"\n');
  assert.equal(alone.code, 2);
  assert.match(failureOf(alone).where, /tomada\.toml:2$/);
  const missing = start('tls_certificate = "/nonexistent.crt"\ntls_key = "/nonexistent.key"\n');
  assert.equal(missing.code, 2);
  assert.match(failureOf(missing).message, /nonexistent\.crt.*[Nn]o such file/);
  const { certificate: broken, key } = certificate(place, 'broken');
  writeFileSync(broken, 'not a certificate\n');
  const checked = run(['check', '--config', config(`tls_certificate = "${broken}"\ntls_key = "${key}"\n`), '--state', place.state]);
  assert.equal(checked.code, 2);
  assert.match(checked.stdout, /problem .*broken\.crt/);
});

// Access tokens of an authorisation server that this test is itself.
import assert from 'node:assert/strict';
import { generateKeyPairSync, sign } from 'node:crypto';
import http from 'node:http';
import { test } from 'node:test';

import { atEnd, modern, modernHeaders, post, serve, until, workspace } from './harness.mjs';

const resource = 'https://erp.example.com/mcp';
const metadata = 'https://erp.example.com/.well-known/oauth-protected-resource/mcp';
const kinds = {
  RS256: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
  ES256: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  EdDSA: () => generateKeyPairSync('ed25519'),
};
const encoded = (value) => Buffer.from(JSON.stringify(value)).toString('base64url');
const now = () => Math.floor(Date.now() / 1000);

// A signing key and the tokens it makes.
function signer(alg, kid) {
  const { publicKey, privateKey } = kinds[alg]();
  return {
    jwk: { ...publicKey.export({ format: 'jwk' }), kid, alg, use: 'sig' },
    token(claims = {}, header = {}) {
      const body = { iss: 'https://id.example.com', aud: resource, sub: 'ana', exp: now() + 300, scope: 'erp.read', ...claims };
      const text = `${encoded({ alg, kid, typ: 'at+jwt', ...header })}.${encoded(body)}`;
      const key = alg === 'ES256' ? { key: privateKey, dsaEncoding: 'ieee-p1363' } : privateKey;
      return `${text}.${sign(alg === 'EdDSA' ? null : 'sha256', Buffer.from(text), key).toString('base64url')}`;
    },
  };
}

async function issuer(t) {
  const state = { keys: [], fetches: 0, silent: false };
  const server = http.createServer((_, response) => {
    ++state.fetches;
    if (!state.silent) response.end(JSON.stringify({ keys: state.keys }));
  });
  server.listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  atEnd(t, () => (server.closeAllConnections(), server.close()));
  state.url = `http://127.0.0.1:${server.address().port}`;
  return state;
}

async function start(t, url, more = '') {
  const place = workspace(t);
  const config = place.file(
    'tomada.toml',
    `[auth]\nrequired = true\n[auth.oauth]\nissuer = "https://id.example.com"\nresource = "${resource}"\nupstream = "id"\n` +
      `jwks_path = "jwks.json"\n${more}[auth.oauth.scopes]\n"erp.read" = ["sales"]\n"erp.all" = ["local"]\n` +
      `[upstream.id]\nurl = "${url}/"\n[role.sales]\ntools = ["erp_orders"]\n`,
  );
  return serve(t, { state: place.state, words: ['--config', config] });
}
let lastId = 0;
function ask(server, token, method = 'tools/list', params = {}) {
  const message = modern(++lastId, method, params);
  return post(server.url, message, { ...modernHeaders(message), ...(token && { authorization: `Bearer ${token}` }) });
}
const isGood = async (server, token) => (await ask(server, token)).status === 200;

test('a token lets its subject in with the roles of its scopes, whatever of the three algorithms signed it', async (t) => {
  const id = await issuer(t);
  const signers = Object.keys(kinds).map((alg) => signer(alg, `key-${alg}`));
  id.keys = signers.map(({ jwk }) => jwk);
  const server = await start(t, id.url);
  await until(() => isGood(server, signers[0].token()), 'the keys are fetched');
  for (const each of signers) {
    const { json } = await ask(server, each.token());
    assert.deepEqual(json.result.tools.map(({ name }) => name), ['erp_orders']);
    const all = await ask(server, each.token({ scope: 'openid erp.all' }));
    assert.ok(all.json.result.tools.some(({ name }) => name === 'configure_alerts'));
  }
});

test('who has no token is told where to get one; the metadata stands at both places', async (t) => {
  const server = await start(t, (await issuer(t)).url);
  const { status, headers } = await ask(server);
  assert.equal(status, 401);
  assert.equal(headers.get('www-authenticate'), `Bearer realm="tomada", resource_metadata="${metadata}", scope="erp.all erp.read"`);
  for (const path of ['', '/mcp']) {
    const found = await (await fetch(`${server.origin}/.well-known/oauth-protected-resource${path}`)).json();
    assert.equal(found.resource, resource);
    assert.deepEqual(found.authorization_servers, ['https://id.example.com']);
    assert.deepEqual(found.scopes_supported, ['erp.all', 'erp.read']);
  }
});

test('what is not a good token of this issuer for this server is refused, always in the same words', async (t) => {
  const id = await issuer(t);
  const good = signer('RS256', 'one');
  const foreign = signer('RS256', 'one');
  id.keys = [good.jwk];
  const server = await start(t, id.url);
  await until(() => isGood(server, good.token()), 'the keys are fetched');
  const [head, body, signature] = good.token().split('.');
  for (const [what, token] of Object.entries({
    expired: good.token({ exp: now() - 60 }),
    'not yet': good.token({ nbf: now() + 60 }),
    'another issuer': good.token({ iss: 'https://evil.example.com' }),
    'another audience': good.token({ aud: 'https://other.example.com/mcp' }),
    'another key': foreign.token(),
    'no algorithm': `${encoded({ alg: 'none', kid: 'one' })}.${body}.`,
    'a shared secret': good.token({}, { alg: 'HS256' }),
    'another type': good.token({}, { typ: 'id+jwt' }),
    'another body': `${head}.${encoded({ sub: 'root' })}.${signature}`,
    'no signature': `${head}.${body}.`,
    'too long': `${head}.${'A'.repeat(20_000)}.${signature}`,
  })) {
    const answer = await ask(server, token);
    assert.equal(answer.status, 401, what);
    assert.match(answer.headers.get('www-authenticate'), /error="invalid_token"/, what);
    assert.equal(answer.json.error.message, 'the credentials are not valid', what);
  }
  const small = await ask(server, good.token({ scope: 'openid' }));
  assert.equal(small.status, 403);
  assert.match(small.headers.get('www-authenticate'), /error="insufficient_scope", resource_metadata=".*", scope="erp.all erp.read"/);
});

test('an authorisation server that never answers takes nobody down', async (t) => {
  const id = await issuer(t);
  id.silent = true;
  const server = await start(t, id.url);
  await until(() => id.fetches > 0, 'it was asked');
  const begin = performance.now();
  assert.equal((await ask(server, signer('RS256', 'one').token())).status, 401);
  assert.ok(performance.now() - begin < 2_000, 'the request did not wait for it');
  assert.equal((await fetch(server.origin + '/health')).status, 200);
  const end = await server.stop();
  assert.equal(end.code, 0, server.log);
});

// MCP Inspector's command line, in both eras and over both transports, started from the configuration that is given out to
// be pasted.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { test } from 'node:test';

import { conformance } from './fixtures.mjs';
import { run, serve, workspace } from './harness.mjs';

const home = dirname(createRequire(import.meta.url).resolve('@modelcontextprotocol/inspector/package.json'));
const launcher = join(home, 'clients/launcher/build/index.js');
const serverInfo = 'io.modelcontextprotocol/serverInfo'; // what only a modern answer says of itself

function inspect(place, words) {
  const env = { ...process.env, HOME: place.folder, MCP_INSPECTOR_SECRET_STORE: 'memory' };
  return new Promise((resolve) => {
    execFile(process.execPath, [launcher, '--cli', ...words, '--format', 'json'], { env, encoding: 'utf8', timeout: 60_000 }, (error, stdout, stderr) =>
      resolve({ code: error?.code ?? 0, json: stdout ? JSON.parse(stdout) : undefined, stderr }),
    );
  });
}

async function ask(place, words) {
  const { code, json, stderr } = await inspect(place, words);
  assert.equal(code, 0, stderr);
  return json.result;
}

const pasted = (place, words) => place.file('inspector.json', run(['client', 'inspector', ...words, '--state', place.state]).stdout);

for (const transport of ['stdio', 'http']) {
  for (const era of ['legacy', 'auto', 'modern']) {
    test(`the inspector lists and calls over ${transport}, era ${era}`, async (t) => {
      const place = workspace(t);
      const how =
        transport === 'stdio'
          ? ['--config', pasted(place, []), '--server', 'tomada']
          : ['--server-url', (await serve(t, place)).url, '--transport', 'http'];
      const { tools } = await ask(place, [...how, '--protocol-era', era, '--method', 'tools/list']);
      assert.ok(tools.some(({ name }) => name === 'erp_orders'), JSON.stringify(tools));
      const call = ['--method', 'tools/call', '--tool-name', 'erp_orders', '--tool-arg', 'limit=2'];
      const { structuredContent, _meta } = await ask(place, [...how, '--protocol-era', era, ...call]);
      assert.equal(structuredContent.items.length, 2);
      assert.equal(serverInfo in _meta, era !== 'legacy');
    });
  }
}

test('the inspector finds nothing to complain about in the schemas of the tools', async (t) => {
  const place = workspace(t);
  await ask(place, ['--config', pasted(place, []), '--server', 'tomada', '--strict', '--method', 'tools/list']);
});

test('where a key is needed the printed configuration has a place for it, and the inspector comes in with it', async (t) => {
  const place = workspace(t);
  const words = ['--config', place.file('tomada.toml', '[auth]\nrequired = true\n'), '--state', place.state];
  const key = run(['keys', 'add', '--name', 'inspector', ...words]).stdout.trim();
  const server = await serve(t, { ...place, words: words.slice(0, 2) });
  const printed = run(['client', 'inspector', '--via', 'http', ...words]);
  assert.match(printed.stderr, /tomada keys add/);
  const text = printed.stdout.replace(/http:[^"]*\/mcp/, server.url);
  const list = (config) => ['--config', place.file('inspector.json', config), '--server', 'tomada', '--method', 'tools/list'];
  assert.notEqual((await inspect(place, list(text))).code, 0, 'the placeholder opens nothing');
  assert.ok((await ask(place, list(text.replace('PASTE-THE-KEY-HERE', key)))).tools.length > 0);
});

test('the inspector finds the app of a tool in both eras', async (t) => {
  const place = workspace(t);
  const config = pasted(place, conformance(t).words);
  for (const era of ['legacy', 'modern']) {
    const words = ['--config', config, '--server', 'tomada', '--protocol-era', era, '--method', 'tools/call', '--tool-name', 'test_app', '--app-info'];
    const { code, stderr, json } = await inspect(place, words);
    assert.equal(code, 0, stderr);
    assert.match(JSON.stringify(json), /"resourceUri":"ui:\/\/conformance\/hello"/, era);
  }
});

// The official suite against one running process: the required scenarios of both eras, then those it runs unscored.
// Ends with 1 when a required scenario did not pass, or one of the unscored that this server claims to serve.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';

import { markOf, verdict } from './verdict.mjs';

const program = process.env.TOMADA_BIN;
const home = 'node_modules/@modelcontextprotocol/conformance';
const suite = join(home, 'dist/index.js');
const scored = { '2025-11-25': 30, '2026-07-28': 37 }; // scenarios for servers in the suite's frozen requirements
const unscored = {
  '2025-11-25': ['server-session-lifecycle', 'server-sse-polling', 'json-schema-2020-12'],
  '2026-07-28': ['json-schema-2020-12', 'http-header-validation', 'http-custom-header-server-validation'],
};
const verbose = process.argv.includes('--verbose');

async function serve(folder) {
  const config = join(folder, 'tomada.toml');
  const others = ['erp', 'health', 'system', 'alerts'].map((name) => `[plugin.${name}]\nenabled = false\n`);
  writeFileSync(config, ['[plugin.conformance]\n', ...others].join(''));
  const plugins = ['plugins', 'test-plugins'].flatMap((name) => ['--plugins', join(program, '../../lib/tomada', name)]);
  const words = ['http', '--log-level', 'error', '--listen', '127.0.0.1:0', '--config', config, '--state', join(folder, 'state'), ...plugins];
  const child = spawn(program, words, { stdio: ['ignore', 'pipe', 'inherit'] });
  const port = await new Promise((resolve, reject) => {
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      const found = /http:\/\/127\.0\.0\.1:(\d+)\/mcp/.exec((said += text));
      if (found) resolve(found[1]);
    });
    child.on('exit', (code) => reject(new Error(`the server ended with ${code}: ${said}`)));
  });
  return { child, url: `http://localhost:${port}/mcp` };
}

function conform(url, folder, words) {
  const done = spawnSync(process.execPath, [suite, 'server', '--url', url, '-o', folder, ...words], { encoding: 'utf8' });
  if (verbose) process.stdout.write(done.stdout + done.stderr);
  return { code: done.status, said: done.stdout + done.stderr };
}

const requiredBy = (revision) => parse(readFileSync(join(home, 'requirements', `${revision}.yaml`), 'utf8')).server;

// What each scenario's checks came to: {scenario: {failed: [checks], warned: [checks], passed: count}}.
function readResults(folder) {
  const out = new Map();
  for (const name of readdirSync(folder)) {
    const scenario = name.replace(/^server-/, '').replace(/-\d{4}-\d\d-\d\dT.*$/, '');
    const checks = JSON.parse(readFileSync(join(folder, name, 'checks.json'), 'utf8'));
    const failed = checks.filter((check) => check.status === 'FAILURE');
    const warned = checks.filter((check) => check.status === 'WARNING');
    out.set(scenario, { failed, warned, passed: checks.filter((check) => check.status === 'SUCCESS').length });
  }
  return out;
}

function report(scenario, revision, result) {
  const { failed, warned } = result;
  console.log(`${markOf(result).padEnd(5)} ${revision}  ${scenario}${warned.length ? `  (${warned.length} warnings)` : ''}`);
  for (const check of [...failed, ...warned]) console.log(`        ${check.id}: ${check.errorMessage ?? check.description}`);
}

const folder = mkdtempSync(join(tmpdir(), 'tomada-conformance-'));
const { child, url } = await serve(folder);
let isGood = true;
try {
  for (const [revision, expected] of Object.entries(scored)) {
    const place = join(folder, revision);
    const { code, said } = conform(url, place, ['--requirements', revision]);
    const results = readResults(place);
    for (const scenario of unscored[revision].filter((name) => !results.has(name))) {
      const apart = join(folder, `${revision}-${scenario}`);
      conform(url, apart, ['--scenario', scenario, '--spec-version', revision]);
      for (const [name, result] of readResults(apart)) results.set(name, result);
    }
    for (const [scenario, result] of [...results].sort()) report(scenario, revision, result);
    const { problems, summary } = verdict(results, { required: requiredBy(revision), expected, claimed: unscored[revision] });
    console.log(['', `${revision}: ${summary}`, ...problems, ''].join('\n'));
    isGood &&= code === 0 && !problems.length;
    if (code !== 0 && !problems.length) console.log(said);
  }
} finally {
  child.removeAllListeners('exit');
  child.kill('SIGTERM');
  rmSync(folder, { recursive: true, force: true });
}
process.exit(isGood ? 0 : 1);

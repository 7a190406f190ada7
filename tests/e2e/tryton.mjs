// A real Tryton of its own for a test: the seeded company's database copied, a server started on it, both gone with the test.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync } from 'node:fs';
import net from 'node:net';
import { join } from 'node:path';

import { atEnd, source, until, workspace } from './harness.mjs';

export const password = 'Canary-9f3b-Password';
export const company = 2; // of the two in the database; the other one must never be heard of

// Where Tryton cannot be installed its tests are skipped; what CI runs sets TOMADA_NO_SKIP.
export const isThere = spawnSync('trytond', ['--version']).status === 0;
export const skip = isThere || process.env.TOMADA_NO_SKIP ? false : 'SKIPPED: trytond: install tryton-server and the modules in the Makefile';
if (skip) console.log(skip);

async function freePort() {
  const server = net.createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

const database = () =>
  execFileSync(join(source, 'tests/e2e/tryton/database'), [join(source, 'build/tryton')], {
    encoding: 'utf8',
    env: { ...process.env, SEED_PASSWORD: password },
    timeout: 280_000,
  }).trim();

export async function startTryton(t) {
  const place = workspace(t);
  const folder = join(place.folder, 'tryton');
  mkdirSync(folder);
  const file = join(folder, 'company.sqlite');
  copyFileSync(database(), file);
  const port = await freePort();
  const conf = place.file('trytond.conf', `[database]\nuri = sqlite://\npath = ${folder}\n[web]\nlisten = 127.0.0.1:${port}\n`);
  const child = spawn('trytond', ['-c', conf, '-d', 'company'], { stdio: ['ignore', 'ignore', 'pipe'] });
  let log = '';
  child.stderr.setEncoding('utf8').on('data', (text) => (log += text));
  atEnd(t, () => child.kill('SIGKILL'));
  const url = `http://127.0.0.1:${port}/`;
  await until(() => answers(url), 'trytond answers', 60_000);
  return {
    url,
    log: () => log,
    sql: (query) => JSON.parse(execFileSync('sqlite3', ['-json', '-readonly', file, query], { encoding: 'utf8', maxBuffer: 64 << 20 }) || '[]'),
    endSessions: () => execFileSync('sqlite3', [file, '.timeout 5000', 'DELETE FROM ir_session']),
    call: (method, ...params) => rpc(`${url}company/`, method, params),
  };
}

const answers = (url) => rpc(url, 'common.server.version', []).then(() => true, () => false);

export async function rpc(url, method, params, headers = {}) {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ id: 1, method, params }),
  });
  const { result, error } = await response.json();
  if (error) throw new Error(JSON.stringify(error));
  return result;
}

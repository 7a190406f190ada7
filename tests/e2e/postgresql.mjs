// A real PostgreSQL of its own for a test, gone with the test. Its superuser comes over the socket; the program logs in with a
// password over TCP, as somebody who may read and nothing else.
import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { password, user } from './books_sql.mjs';
import { atEnd, until } from './harness.mjs';

const versions = existsSync('/usr/lib/postgresql') ? readdirSync('/usr/lib/postgresql').sort((a, b) => b - a) : [];
const bin = (name) => `/usr/lib/postgresql/${versions[0]}/bin/${name}`;

// Where PostgreSQL cannot be installed its tests are skipped; what CI runs sets TOMADA_NO_SKIP.
export const skip = versions.length || process.env.TOMADA_NO_SKIP ? false : 'SKIPPED: postgresql: install the package in the Makefile';
if (skip) console.log(skip);

// It refuses to run as root.
const id = (which) => Number(execFileSync('id', [which, 'postgres'], { encoding: 'utf8' }));
const owner = !skip && process.getuid() === 0 ? { uid: id('-u'), gid: id('-g') } : {};

async function freePort() {
  const server = net.createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}

export async function startPostgresql(t) {
  const folder = mkdtempSync(join(tmpdir(), 'tomada-pg-'));
  if (owner.uid) chownSync(folder, owner.uid, owner.gid);
  atEnd(t, () => rmSync(folder, { recursive: true, force: true }));
  const cluster = join(folder, 'cluster');
  const as = { ...owner, cwd: folder, env: { PATH: process.env.PATH, LANG: 'C.UTF-8' }, encoding: 'utf8', maxBuffer: 256 << 20 };
  execFileSync(bin('initdb'), ['--no-sync', '--auth-local=trust', '--auth-host=scram-sha-256', '-E', 'UTF8', '--locale=C.UTF-8', '-U', 'postgres', '-D', cluster], { ...as, stdio: 'pipe' });
  const certificate = join(folder, 'server.crt');
  execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=books', '-addext', 'subjectAltName=IP:127.0.0.1', '-keyout', 'server.key', '-out', certificate], { ...as, stdio: 'pipe' });
  chmodSync(join(folder, 'server.key'), 0o600);
  const port = await freePort();
  const socket = ['-h', folder, '-p', String(port), '-U', 'postgres', '-X', '-q', '-v', 'ON_ERROR_STOP=1'];
  let child;
  let exited;
  const server = {
    port,
    certificate,
    url: `postgresql://127.0.0.1:${port}/books`,
    login: `user = "${user}"\npassword = "\${BOOKS_PASSWORD}"`,
    script: (text, database = 'books') => execFileSync('psql', [...socket, '-d', database], { ...as, input: text }),
    sql: (query) => JSON.parse(execFileSync('psql', [...socket, '-A', '-t', '-d', 'books', '-c', `SELECT coalesce(json_agg(r), '[]') FROM (${query}) r`], as)),
    async start() {
      child = spawn(bin('postgres'), ['-D', cluster, '-p', String(port), '-k', folder, '-c', 'listen_addresses=127.0.0.1', '-c', 'fsync=off', '-c', 'ssl=on', '-c', `ssl_cert_file=${certificate}`, '-c', `ssl_key_file=${folder}/server.key`, '-c', 'max_connections=30'], { ...as, stdio: 'ignore' });
      exited = new Promise((resolve) => child.on('exit', resolve));
      await until(() => spawnSync('psql', [...socket, '-d', 'postgres', '-c', 'SELECT 1'], as).status === 0, 'PostgreSQL answers', 30_000);
    },
    async stop() {
      child.kill('SIGQUIT');
      await exited;
    },
  };
  atEnd(t, () => server.stop());
  await server.start();
  server.script(`CREATE ROLE ${user} LOGIN PASSWORD '${password}'; CREATE DATABASE books;`, 'postgres');
  return server;
}

export function loadBooks(server, script) {
  server.script(`${script} GRANT SELECT ON ALL TABLES IN SCHEMA public TO ${user}; ANALYZE;`);
  return server;
}

// A Redis of the test's own on a free port, with a password and nothing on the disk; what it holds and what it is told.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect, createServer } from 'node:net';

import { atEnd, until } from './harness.mjs';

export const password = 'canary-redis-password';

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

// Says it inline and collects what comes until `end` is found in it.
async function say(port, lines, end) {
  const socket = connect(port, '127.0.0.1').setEncoding('latin1');
  socket.write(`AUTH ${password}\r\n${lines}\r\n`);
  let text = '';
  for await (const part of socket) {
    text += part;
    if (end && text.includes(end)) break;
  }
  return text;
}

export async function redis(t) {
  const port = await freePort();
  const here = { port, url: `redis://127.0.0.1:${port}/0`, monitored: '' };
  here.start = async () => {
    const words = ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no', '--requirepass', password];
    here.child = spawn('redis-server', words, { stdio: 'ignore', cwd: '/tmp' });
    await until(() => here.says('PING', 'PONG').then(() => true, () => false), 'redis-server answers');
  };
  here.kill = async (signal = 'SIGKILL') => {
    const gone = once(here.child, 'exit');
    here.child.kill(signal);
    if (signal === 'SIGKILL') await gone;
  };
  here.says = (lines, end) => say(port, lines, end);
  here.keys = () => here.says('KEYS *\r\nPING', 'PONG');
  here.monitor = async () => {
    const socket = connect(port, '127.0.0.1').setEncoding('latin1');
    socket.on('error', () => {});
    socket.on('data', (text) => (here.monitored += text));
    socket.write(`AUTH ${password}\r\nMONITOR\r\n`);
    atEnd(t, () => socket.destroy());
    await until(() => here.monitored.includes('+OK\r\n+OK'), 'it shows what it is told');
  };
  await here.start();
  atEnd(t, () => here.child.kill('SIGKILL'));
  return here;
}

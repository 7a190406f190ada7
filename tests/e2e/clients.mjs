// The official TypeScript clients, both generations, over both transports.
import { Client as Client2, StreamableHTTPClientTransport as Http2 } from '@modelcontextprotocol/client';
import { StdioClientTransport as Stdio2 } from '@modelcontextprotocol/client/stdio';
import { Client as Client1 } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport as Stdio1 } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport as Http1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js';

import { atEnd, program, serve, workspace } from './harness.mjs';

const identity = { name: 'e2e', version: '1.0.0' };
const generations = {
  '1.x': { make: (options) => new Client1(identity, options), Stdio: Stdio1, Http: Http1 },
  '2.x legacy': { make: (options) => new Client2(identity, { ...options, versionNegotiation: { mode: 'legacy' } }), Stdio: Stdio2, Http: Http2 },
  '2.x auto': { make: (options) => new Client2(identity, { ...options, versionNegotiation: { mode: 'auto' } }), Stdio: Stdio2, Http: Http2 },
  '2.x modern': {
    make: (options) => new Client2(identity, { ...options, versionNegotiation: { mode: { pin: '2026-07-28' } } }),
    Stdio: Stdio2,
    Http: Http2,
  },
};

export const ways = Object.keys(generations).flatMap((generation) =>
  ['stdio', 'http'].map((transport) => ({ generation, transport, name: `client ${generation} over ${transport}` })),
);

// `prepare` sees the client before it connects.
export async function connect(t, { generation, transport }, { words = [], options = {}, prepare = () => {} } = {}) {
  const { make, Stdio, Http } = generations[generation];
  const client = make(options);
  prepare(client);
  if (transport === 'http') {
    const server = await serve(t, { words });
    await client.connect(new Http(new URL(server.url)));
    client.child = server.child;
  } else {
    const args = ['stdio', '--state', workspace(t).state, ...words];
    const pipe = new Stdio({ command: program, args, stderr: 'ignore' });
    await client.connect(pipe);
    client.child = { kill: (signal) => process.kill(pipe.pid, signal) };
  }
  atEnd(t, () => client.close());
  return client;
}

// Everything the clients complain about while `work` runs.
export async function complaintsDuring(work) {
  const complaints = [];
  const note = (...words) => complaints.push(words.map(String).join(' '));
  const saved = { warn: console.warn, error: console.error };
  console.warn = note;
  console.error = note;
  process.on('warning', note);
  try {
    await work(note);
  } finally {
    Object.assign(console, saved);
    process.off('warning', note);
  }
  return complaints;
}

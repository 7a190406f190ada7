// The program under test: started as people start it, watched, and gone with the test.
import assert from 'node:assert/strict';
import { execFile, spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

export const program = process.env.TOMADA_BIN;
export const source = process.env.TOMADA_SOURCE;

// What a test began ends in the opposite order, so that no program outlives or writes to a folder that is going.
const endings = new WeakMap();
export function atEnd(t, work) {
  const stack = endings.get(t);
  if (stack) return stack.push(work);
  endings.set(t, [work]);
  t.after(async () => {
    for (const last of endings.get(t).reverse()) await last();
  });
}

export function workspace(t) {
  const folder = mkdtempSync(join(tmpdir(), 'tomada-e2e-'));
  atEnd(t, () => rmSync(folder, { recursive: true, force: true }));
  return {
    folder,
    state: join(folder, 'state'),
    file(name, text) {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    },
  };
}

// One command to its end.
export function run(words, options = {}) {
  const begin = performance.now();
  const done = spawnSync(program, words, { encoding: 'utf8', timeout: 30_000, maxBuffer: 64 << 20, ...options });
  return { code: done.status, signal: done.signal, stdout: done.stdout, stderr: done.stderr, ms: performance.now() - begin };
}

// The same while this process goes on serving.
export function runBeside(words, options = {}) {
  return new Promise((resolve) => {
    execFile(program, words, { encoding: 'utf8', timeout: 30_000, ...options }, (error, stdout, stderr) => {
      resolve({ code: error?.code ?? 0, stdout, stderr });
    });
  });
}

export function failureOf(result) {
  const lines = result.stderr.split('\n').filter((line) => line.startsWith('{"error"'));
  assert.equal(lines.length, 1, `one failure line on stderr, got: ${result.stderr}`);
  return JSON.parse(lines[0]).error;
}

class Running {
  constructor(child) {
    this.child = child;
    this.log = '';
    child.stderr?.setEncoding('utf8').on('data', (text) => (this.log += text));
    this.exit = new Promise((resolve) => child.on('exit', (code, signal) => resolve({ code, signal })));
  }
  async stop(signal = 'SIGTERM') {
    const begin = performance.now();
    this.child.kill(signal);
    return { ...(await this.exit), ms: performance.now() - begin };
  }
}

// An HTTP server on any free port; its address is what it prints for people.
export async function serve(t, { state, words = [], env = {} } = {}) {
  const place = state ?? workspace(t).state;
  const child = spawn(program, ['http', '--listen', '127.0.0.1:0', '--state', place, ...words], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, ...env },
  });
  const server = new Running(child);
  atEnd(t, () => server.stop('SIGKILL'));
  server.greeting = '';
  child.stdout.setEncoding('utf8');
  server.url = await new Promise((resolve, reject) => {
    child.stdout.on('data', (text) => {
      server.greeting += text;
      const found = /https?:\/\/127\.0\.0\.1:(\d+)\/mcp/.exec(server.greeting);
      if (found) resolve(found[0]);
    });
    child.on('exit', (code) => reject(new Error(`the server ended with ${code}: ${server.log}`)));
  });
  server.origin = server.url.slice(0, -4);
  return server;
}

// A pipe that speaks lines, for what no client would ever send.
export function pipe(t, { state, words = [], env = {} } = {}) {
  const place = state ?? workspace(t).state;
  const child = spawn(program, ['stdio', '--state', place, ...words], { env: { ...process.env, ...env } });
  const running = new Running(child);
  atEnd(t, () => running.stop('SIGKILL'));
  const waiting = [];
  const lines = [];
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (waiting.length) waiting.shift()(line);
    else lines.push(line);
  });
  child.stdin.on('error', () => {}); // it may be gone before everything was written
  running.write = (text) => child.stdin.write(text);
  running.send = (message) => child.stdin.write(JSON.stringify(message) + '\n');
  running.line = () => (lines.length ? Promise.resolve(lines.shift()) : new Promise((resolve) => waiting.push(resolve)));
  running.answer = async () => JSON.parse(await running.line());
  running.ask = async (message) => {
    running.send(message);
    return running.answer();
  };
  running.end = () => child.stdin.end();
  return running;
}

// The Omie simulator on any free port; its address.
export async function simulator(t, words = []) {
  const child = spawn(join(program, '../omie-simulator'), ['--port', '0', ...words], { stdio: ['ignore', 'pipe', 'inherit'] });
  atEnd(t, () => child.kill('SIGKILL'));
  return new Promise((resolve, reject) => {
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      const found = /https?:\/\/127\.0\.0\.1:\d+/.exec((said += text));
      if (found) resolve(found[0]);
    });
    child.on('exit', (code) => reject(new Error(`the simulator ended with ${code}: ${said}`)));
  });
}

// What a request of the modern era carries besides its parameters.
export const modernMeta = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientCapabilities': {},
  'io.modelcontextprotocol/clientInfo': { name: 'e2e', version: '1' },
};
export const modern = (id, method, params = {}) => ({ jsonrpc: '2.0', id, method, params: { ...params, _meta: modernMeta } });
export const legacy = (id, method, params = {}) => ({ jsonrpc: '2.0', id, method, params });
export const initialize = (id, version = '2025-11-25') =>
  legacy(id, 'initialize', { protocolVersion: version, capabilities: {}, clientInfo: { name: 'e2e', version: '1' } });

export function modernHeaders(message) {
  const headers = {
    'content-type': 'application/json',
    accept: 'application/json, text/event-stream',
    'mcp-protocol-version': '2026-07-28',
  };
  if (message.method) headers['mcp-method'] = message.method;
  if (message.method === 'tools/call' && message.params?.name) headers['mcp-name'] = message.params.name;
  return headers;
}

export async function post(url, body, headers = {}) {
  const text = typeof body === 'string' || body instanceof Uint8Array ? body : JSON.stringify(body);
  const response = await fetch(url, {
    method: 'POST',
    body: text,
    headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream', ...headers },
  });
  const answer = await response.text();
  let json;
  try {
    json = JSON.parse(answer);
  } catch {
    json = undefined; // not every answer is JSON; the test says which must be
  }
  return { status: response.status, headers: response.headers, text: answer, json };
}

export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

export async function until(claim, what, within = 10_000) {
  const end = performance.now() + within;
  while (performance.now() < end) {
    if (await claim()) return;
    await sleep(20);
  }
  assert.fail(`within ${within} ms: ${what}`);
}

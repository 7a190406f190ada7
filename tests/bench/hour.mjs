// hour.mjs: an hour of an assistant's questions over the Omie simulator with Omie's limits, and the same questions asked
// as somebody without a cache would ask them. 20 users, 2 000 questions, Zipf 1.0, 40 000 calls an hour.
//   TOMADA_BUILD  the build to measure (default build/release)    HOUR_MINUTES  how much of the hour (default 60)
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const build = process.env.TOMADA_BUILD ?? resolve(dirname(fileURLToPath(import.meta.url)), '../../build/release');
const minutes = Number(process.env.HOUR_MINUTES ?? 60);
const users = 20;
const distinct = 2000;
const calls = Math.round((40_000 * minutes) / 60);
const account = { app_key: '123456', app_secret: '0123456789abcdef0123456789abcdef' };
const words = 'ALVORADA AURORA BOREAL CEDRO ESTRELA HORIZONTE PAINEIRA RIO SERRA VALE'.split(' ');

let state = 20261121;
const random = () => (state = (state * 1103515245 + 12345) % 2147483648) / 2147483648;
const any = (list) => list[Math.floor(random() * list.length)];

const day = (offset) => new Date(Date.now() + offset * 86_400_000).toISOString().slice(0, 10);
const kinds = [
  () => ['erp_receivables', { status: any(['open', 'overdue', 'due', 'paid']), limit: any([5, 10, 20]), partner: any(words) }],
  () => ['erp_receivables', { status: 'open', due_to: day(Math.floor(random() * 60)), min_amount: 100 * Math.floor(random() * 50) }],
  () => ['erp_payables', { status: any(['open', 'overdue', 'due']), due_to: day(Math.floor(random() * 60)) }],
  () => ['erp_orders', { status: any(['open', 'invoiced', 'cancelled']), partner: any(words), limit: any([3, 10]) }],
  () => ['erp_partners', { query: `${any(words)} ${Math.floor(random() * 60)}` }],
  () => ['erp_products', { query: `PRD000${10 + Math.floor(random() * 60)}` }],
  () => ['erp_cash_position', {}],
];
// The tools' own times: fresh, then stale while it is refreshed.
const times = { erp_partners: [300, 600], erp_categories: [300, 600] };
const timesOf = (tool) => times[tool] ?? [60, 240];

const questions = [];
const seen = new Set();
while (questions.length < distinct) {
  const [name, args] = any(kinds)();
  const text = JSON.stringify([name, args]);
  if (seen.has(text) && name !== 'erp_cash_position') continue;
  seen.add(text);
  questions.push({ name, args });
}
const weights = questions.map((_, rank) => 1 / (rank + 1));
const total = weights.reduce((sum, weight) => sum + weight, 0);
const cumulative = [];
weights.reduce((sum, weight, rank) => (cumulative[rank] = sum + weight / total), 0);
function draw() {
  const at = random();
  let [low, high] = [0, distinct - 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (cumulative[middle] < at) low = middle + 1;
    else high = middle;
  }
  return low;
}

const agent = new Agent({ keepAlive: true, maxSockets: users });
function post(url, body, headers = {}) {
  return new Promise((done, failed) => {
    const sent = request(url, { method: 'POST', agent, headers: { 'content-type': 'application/json', ...headers } }, (response) => {
      const parts = [];
      response.on('data', (part) => parts.push(part)).on('end', () => done({ status: response.statusCode, text: Buffer.concat(parts).toString() }));
    });
    sent.on('error', failed).end(JSON.stringify(body));
  });
}

function start(program, args, pattern) {
  const child = spawn(join(build, 'bin', program), args, { stdio: ['ignore', 'pipe', 'inherit'] });
  return new Promise((done, failed) => {
    let said = '';
    child.stdout.on('data', (text) => {
      const found = pattern.exec((said += text));
      if (found) done({ child, url: found[1] });
    });
    child.on('exit', (code) => failed(new Error(`${program} ended with ${code}: ${said}`)));
  });
}
const stop = ({ child }) => new Promise((done) => child.removeAllListeners('exit').on('exit', done).kill('SIGTERM'));
const simulate = () =>
  start('omie-simulator', ['--port', '0', '--customers', '1000', '--titles', '3000', '--latency-profile', 'measured'], /(http:\/\/127\.0\.0\.1:\d+\/api\/v1\/)/);
const statistics = async (url) => (await fetch(new URL('/__statistics', url))).json();

const schema = 'io.modelcontextprotocol/';
let lastId = 0;
function ask(url, { name, args }) {
  const _meta = { [`${schema}protocolVersion`]: '2026-07-28', [`${schema}clientCapabilities`]: {} };
  const headers = { accept: 'application/json, text/event-stream', 'mcp-protocol-version': '2026-07-28', 'mcp-method': 'tools/call', 'mcp-name': name };
  return post(url, { jsonrpc: '2.0', id: ++lastId, method: 'tools/call', params: { name, arguments: args, _meta } }, headers);
}

// What a cache that forgets nothing would answer from memory, with the same times to live.
class Unbounded {
  hits = 0;
  known = new Map();
  take(question, now) {
    const key = JSON.stringify(question); // the cash position stands on many ranks
    const [fresh, stale] = timesOf(question.name);
    const age = now - (this.known.get(key) ?? -Infinity);
    if (age < fresh + stale) ++this.hits;
    if (age >= fresh) this.known.set(key, now); // asked, or refreshed behind the answer
  }
}

const sleep = (ms) => new Promise((done) => setTimeout(done, ms));
// Every user asks, waits, asks again; together they come to the rate. It ends early when enough() says so.
async function drive(askOne, enough = () => false) {
  const begun = performance.now();
  let made = 0;
  await Promise.all(
    Array.from({ length: users }, async (_, user) => {
      for (let i = user; i < calls && !enough(); i += users) {
        const due = begun + (i / calls) * minutes * 60_000;
        if (due > performance.now()) await sleep(due - performance.now());
        await askOne(draw(), (performance.now() - begun) / 1000);
        ++made;
      }
    }),
  );
  return made;
}

const percentile = (sorted, part) => sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? NaN;
const share = (some, all) => `${((100 * some) / all).toFixed(2)} %`;
const rows = [];

const broken = [];
const must = (isKept, promise) => isKept || broken.push(promise);

async function withTomada() {
  const omie = await simulate();
  const folder = mkdtempSync(join(tmpdir(), 'tomada-hour-'));
  const config = join(folder, 'tomada.toml');
  writeFileSync(config, `[upstream.omie]\nkind = "omie"\nurl = "${omie.url}"\n[plugin.erp]\nsource = "omie"\nupstream = "omie"\n` +
    `app_key = "${account.app_key}"\napp_secret = "${account.app_secret}"\n`);
  const server = await start('tomada', ['http', '--listen', '127.0.0.1:0', '--config', config, '--state', join(folder, 'state'), '--log-level', 'error'], /(http:\/\/127\.0\.0\.1:\d+\/mcp)/);
  const unbounded = new Unbounded();
  const [hits, misses] = [[], []];
  const origins = {};
  let errors = 0;
  const made = await drive(async (rank, now) => {
    unbounded.take(questions[rank], now);
    const begun = performance.now();
    const { text } = await ask(server.url, questions[rank]);
    const took = performance.now() - begun;
    const { result } = JSON.parse(text);
    if (!result || result.isError) return void (++errors <= 3 && console.log('an error:', text.slice(0, 300)));
    const { origin } = result._meta['tomada/freshness'];
    origins[origin] = (origins[origin] ?? 0) + 1;
    // Who waited for another one's look is told "cache", too, but is no hit.
    (took < 1000 && origin !== 'live' ? hits : misses).push(took);
  });
  const told = await statistics(omie.url);
  const cache = JSON.parse(await new Promise((done) => {
    const child = spawn(join(build, 'bin/tomada'), ['cache', 'stats', '--format', 'json', '--state', join(folder, 'state')]);
    let said = '';
    child.stdout.on('data', (part) => (said += part)).on('end', () => done(said));
  })).processes[0];
  for (const each of [server, omie]) await stop(each);
  rmSync(folder, { recursive: true, force: true });
  const served = cache.hits + cache.stale;
  hits.sort((a, b) => a - b);
  rows.push(['', 'with tomada'], ['calls', made], ['errors told to the assistant', errors], ['answers', JSON.stringify(origins)],
    ['answered by the cache', share(served + cache.followers, made)], ['an unbounded cache', share(unbounded.hits, made)],
    ['of what it could reach', share(served + cache.followers, unbounded.hits)],
    ['hits: p50, p95, p99', [0.5, 0.95, 0.99].map((part) => `${percentile(hits, part).toFixed(1)} ms`).join(', ')],
    ['Omie', JSON.stringify(told)]);
  const refusals = Object.values(told.refused).reduce((sum, count) => sum + count, 0);
  must(errors === 0, 'no question ends in an error');
  must(refusals === 0 && told.blocks === 0, 'Omie refuses nothing and blocks nobody');
  must((served + cache.followers) / unbounded.hits >= 0.98, 'the cache answers 98 % of what an unbounded one would');
  must(percentile(hits, 0.95) < 5, 'hits take less than 5 ms, 95 of 100');
}

async function withoutCache() {
  const omie = await simulate();
  const calls = {
    erp_receivables: ['financas/contareceber/', 'ListarContasReceber'], erp_payables: ['financas/contapagar/', 'ListarContasPagar'],
    erp_orders: ['produtos/pedido/', 'ListarPedidos'], erp_partners: ['geral/clientes/', 'ListarClientes'],
    erp_products: ['geral/produtos/', 'ListarProdutos'], erp_cash_position: ['geral/contacorrente/', 'ListarContasCorrentes'],
  };
  let refused = 0;
  let firstRefusal;
  const most = Math.min(minutes, 5) * 60; // it is over long before
  const begun = performance.now();
  const made = await drive(async (rank, now) => {
    const [path, call] = calls[questions[rank].name];
    const { status } = await post(new URL(path, omie.url), { call, ...account, param: [{ pagina: 1, registros_por_pagina: 50 }] });
    if (status === 200) return;
    ++refused;
    firstRefusal ??= now;
  }, () => (performance.now() - begun) / 1000 > most);
  const told = await statistics(omie.url);
  await stop(omie);
  rows.push(['', `without a cache, its first ${most / 60} minutes`], ['calls', made], ['refused', share(refused, made)],
    ['the first refusal after', `${firstRefusal?.toFixed(1)} s`], ['Omie', JSON.stringify(told)]);
}

await withTomada();
await withoutCache();
for (const [name, value] of rows) console.log(`${name.padEnd(30)} ${value}`);
for (const each of broken) console.log(`NOT KEPT: ${each}`);
process.exit(broken.length > 0 ? 1 : 0);

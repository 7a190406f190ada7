// An ERP that answers anything: each answer is a clear tool error or says what it lacks, nothing wrong is kept, and the
// account's key and secret are found nowhere.
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { test } from 'node:test';

import { atEnd, modern, modernHeaders, post, serve, simulator, workspace } from './harness.mjs';
import { meddler } from './meddler.mjs';

const day = '21/11/2026';
const today = '2026-11-21';
const account = { app_key: '31415926535897', app_secret: 'c0ffee00ca11ab1edeadbeef0ff1ce99' };

async function household(t, options = {}) {
  const erp = await simulator(t, ['--today', day, '--titles', '450', '--customers', '60', '--redundancy-seconds', '0']);
  const house = { erp, meddle: () => undefined, heard: [] };
  const url = await meddler(t, erp, (asked) => house.meddle(asked));
  const place = workspace(t);
  const config = place.file('tomada.toml',
    `[upstream.erp]\nkind = "omie"\nurl = "${url}/api/v1/"\nresponse_window = "1ms"\nretries = 0\n${options.upstream ?? ''}\n` +
    `[plugin.erp]\nsource = "omie"\nupstream = "erp"\ntoday = "${today}"\napp_key = "${account.app_key}"\napp_secret = "${account.app_secret}"\n`);
  house.place = place;
  house.server = await serve(t, { state: place.state, words: ['--config', config, '--log-level', 'debug'] });
  house.ask = async (name, args = {}) => {
    const message = modern(1, 'tools/call', { name, arguments: args });
    const { json, text } = await post(house.server.url, message, modernHeaders(message));
    house.heard.push(text);
    return json.result ?? { isError: true, content: [{ type: 'text', text: JSON.stringify(json.error) }] };
  };
  house.change = (what) => post(`${erp}/__change`, what);
  return house;
}

// Everything that the server said or wrote, and what it is asked for by those who watch it.
async function checkNoSecret(house) {
  for (const path of ['/metrics', '/health', '/health/detailed']) house.heard.push(await (await fetch(house.server.origin + path)).text());
  await house.server.stop('SIGTERM');
  const files = readdirSync(house.place.state, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  assert.ok(files.length > 3, 'the state folder was looked at');
  const texts = files.map((entry) => [entry.name, readFileSync(join(entry.parentPath ?? entry.path, entry.name), 'latin1')]);
  for (const [where, text] of [['log', house.server.log], ['greeting', house.server.greeting], ...house.heard.map((text) => ['answer', text]), ...texts]) {
    for (const canary of Object.values(account)) assert.ok(!text.includes(canary), `${where}: ${canary}`);
  }
}

const all = { status: 'all', limit: 100 };
const only = (call, answer) => (asked) => (asked.call === call ? answer(asked) : undefined);
const edited = (edit) => async ({ pass }) => {
  const answer = await pass();
  const body = JSON.parse(answer.text);
  edit(body);
  return { ...answer, text: JSON.stringify(body) };
};
const first = (edit) => edited((body) => edit(body.movimentos[0]));

const page = '<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>';
const rows = [
  { what: 'a web page with 200', answer: () => ({ headers: { 'content-type': 'text/html' }, text: page }), says: /ListarMovimentos.*(web page|no JSON)/ },
  { what: 'a web page with 502', answer: () => ({ status: 502, headers: { 'content-type': 'text/html' }, text: page }), says: /502/ },
  { what: 'half a JSON', answer: async ({ pass }) => { const { text } = await pass(); return { text: text.slice(0, text.length / 2) }; }, says: /broken JSON/ },
  { what: 'nothing at all', answer: () => ({ text: '' }), says: /ListarMovimentos/ },
  { what: 'a list where an object belongs', answer: () => ({ text: '[]' }), says: /ListarMovimentos/ },
  { what: 'a fault inside 200', answer: () => ({ text: '{"faultstring":"ERROR: Erro interno","faultcode":"SOAP-ENV:Client-1000"}' }), says: /Erro interno/ },
  { what: 'a cut connection', answer: () => 'cut', says: /ListarMovimentos.*cut the connection/ },
  { what: 'an answer without its list', answer: edited((body) => delete body.movimentos), says: /without "movimentos"/ },
  { what: 'an answer without its number of pages', answer: edited((body) => delete body.nTotPaginas), says: /without "nTotPaginas"/ },
  { what: 'a date that does not exist', answer: first(({ detalhes }) => (detalhes.dDtVenc = '31/02/2026')), says: /dDtVenc.*31\/02\/2026/ },
  { what: 'an amount that is a text', answer: first(({ detalhes }) => (detalhes.nValorTitulo = '1.000,50')), says: /nValorTitulo/ },
  { what: 'an amount that is not there', answer: edited(({ movimentos }) => movimentos.forEach(({ resumo }) => delete resumo.nValAberto)), says: /nValAberto/ },
  { what: 'an amount beyond all bounds', answer: first(({ detalhes }) => (detalhes.nValorTitulo = 1e300)), says: /nValorTitulo/ },
];

test('whatever the ERP answers is told as what it is, nothing of it is kept, and the next question is answered', async (t) => {
  const house = await household(t);
  const truth = (await house.ask('erp_payables', all)).structuredContent;
  let known;
  for (const [i, { what, answer, says }] of rows.entries()) {
    const question = { ...all, limit: 20 + i }; // that has no answer yet
    house.meddle = only('ListarMovimentos', answer);
    const bad = await house.ask('erp_receivables', question);
    assert.ok(bad.isError, what);
    assert.match(bad.content[0].text, says, what);
    house.meddle = () => undefined;
    const good = await house.ask('erp_receivables', question);
    assert.ok(!good.isError, `after ${what}: ${good.content[0].text}`);
    known ??= good.structuredContent;
    assert.ok(known.total > 100);
    assert.deepEqual([good.structuredContent.summary, good.structuredContent.total], [known.summary, known.total], what);
  }
  assert.deepEqual((await house.ask('erp_payables', all)).structuredContent.summary, truth.summary);
  await checkNoSecret(house);
});

test('ten seconds of silence end at the time that the upstream has, and nobody else waits for them', async (t) => {
  const house = await household(t, { upstream: 'timeout = "1s"' });
  house.meddle = only('ListarMovimentos', () => 'silence');
  const silent = house.ask('erp_receivables', all);
  assert.ok(!(await house.ask('erp_partners')).isError, 'others go on');
  const bad = await silent;
  assert.ok(bad.isError);
  assert.match(bad.content[0].text, /ListarMovimentos.*(1000 ms|1 s)/);
  await checkNoSecret(house);
});

test('a redirect to a private address is not followed', async (t) => {
  const house = await household(t);
  let asked = 0;
  const inside = createServer((_, response) => response.end(String(++asked))).listen(0, '127.0.0.1');
  atEnd(t, () => inside.close());
  for (const [i, status] of [301, 302, 307, 308].entries()) {
    house.meddle = only('ListarMovimentos', () => ({ status, headers: { location: `http://127.0.0.1:${inside.address().port}/` }, text: '' }));
    const bad = await house.ask('erp_receivables', { ...all, limit: 20 + i });
    assert.ok(bad.isError);
    assert.match(bad.content[0].text, new RegExp(`ListarMovimentos.*${status}`));
  }
  assert.equal(asked, 0);
  await checkNoSecret(house);
});

// The list moves between its first page and the next ones.
async function moved(t, change) {
  const house = await household(t);
  let hasMoved = false;
  house.meddle = only('ListarMovimentos', async ({ param }) => {
    if (param.nPagina === 2 && !hasMoved) hasMoved = await house.change(change);
  });
  const question = { status: 'all', limit: 1 };
  const during = (await house.ask('erp_receivables', question)).structuredContent;
  assert.ok(hasMoved, 'it was read in pages');
  const after = (await house.ask('erp_receivables', { ...question, limit: 2 })).structuredContent;
  await checkNoSecret(house);
  return { during, after };
}
const listed = (from, count) => Array.from({ length: count }, (_, i) => ({ codigo_lancamento_omie: from + i, excluir: 'S' }));

test('a list that becomes shorter while it is read is told as partial, and read whole the next time', async (t) => {
  const { during, after } = await moved(t, { titulos: listed(3037854001, 40) });
  assert.ok(during.partial.read < during.partial.held, JSON.stringify(during.partial));
  assert.match(during.next_step, new RegExp(`${during.partial.read} of ${during.partial.held}`));
  assert.ok(!('partial' in after));
  assert.ok(after.total < during.total || during.total === during.partial.read);
});

test('a list whose last pages are gone is told as partial, not as an error', async (t) => {
  const { during, after } = await moved(t, { titulos: listed(3037854001, 400) });
  assert.ok(during.partial.read < during.partial.held, JSON.stringify(during.partial));
  assert.ok(!('partial' in after) && after.total < 40);
});

test('a title that comes twice counts once', async (t) => {
  const house = await household(t);
  const truth = (await house.ask('erp_payables', { status: 'all', limit: 1 })).structuredContent;
  house.meddle = only('ListarMovimentos', edited((body) => body.movimentos.push(body.movimentos[0], body.movimentos[7])));
  const twice = (await house.ask('erp_payables', { status: 'all', limit: 2 })).structuredContent;
  assert.deepEqual([twice.total, twice.summary], [truth.total, truth.summary]);
});

test('texts of people and of attackers are found as they are, in what is asked and in what is answered', async (t) => {
  const house = await household(t);
  const names = ['Padaria Pão de Açúcar 🥖 & Filhos', `O'Brien "; DROP TABLE clientes;--`, '{"faultstring":"x"}', '<script>alert(1)</script>', '100% _certo_ \\'];
  await house.change({ clientes: names.map((razao_social) => ({ razao_social })) });
  for (const name of names) {
    const { isError, content, structuredContent } = await house.ask('erp_partners', { query: name });
    assert.ok(!isError, content[0].text);
    assert.deepEqual(structuredContent.items.map((item) => item.name), [name]);
  }
  for (const args of [{ due_from: '2026-02-30' }, { due_to: '2026-13-01' }, { due_from: 'amanhã' }, { status: 'open', nonsense: 1 }, { limit: 'ten' }]) {
    const before = house.heard.length;
    const refused = await house.ask('erp_receivables', args);
    assert.ok(refused.isError, JSON.stringify(args));
    assert.match(refused.content[0].text, new RegExp(Object.keys(args).at(-1)), house.heard[before]);
  }
  await checkNoSecret(house);
});

// The Omie simulator as a program of its own: what its README says of it is so.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { post, program, simulator, source } from './harness.mjs';

const readme = readFileSync(join(source, 'examples/omie-simulator/README.md'), 'utf8');
const account = { app_key: '123456', app_secret: '0123456789abcdef0123456789abcdef' };

test('the README names every option, and no other', () => {
  const help = execFileSync(join(program, '../omie-simulator'), ['--help'], { encoding: 'utf8' });
  const options = (text) => new Set([...text.matchAll(/(?<=[\s`])--[a-z][a-z-]+/g)].map(([name]) => name));
  const ours = options(readme.slice(readme.indexOf('## Options'), readme.indexOf('## The company')));
  const known = options(help);
  known.delete('--help');
  assert.deepEqual([...ours].sort(), [...known].sort());
});

test('what changes while it is asked is exactly what the change filters return', async (t) => {
  const url = await simulator(t, ['--today', '21/11/2026']);
  const ask = async (path, call, param) => (await post(`${url}/api/v1/${path}/`, { call, ...account, param: [param] })).json;
  const since = { filtrar_por_data_de: '21/11/2026', filtrar_por_hora_de: '10:15:00', filtrar_apenas_alteracao: 'S' };
  const example = /__change -d '([^']+)'/.exec(readme)[1];
  const changed = await post(`${url}/__change`, example);
  assert.equal(changed.status, 200, changed.text);
  const customers = await ask('geral/clientes', 'ListarClientes', since);
  assert.deepEqual(customers.clientes_cadastro.map((row) => row.codigo_cliente_omie), changed.json.clientes);
  const movements = await ask('financas/mf', 'ListarMovimentos', { dDtAltDe: '21/11/2026', nRegPorPagina: 100 });
  for (const code of changed.json.titulos) assert.ok(movements.movimentos.some((row) => row.detalhes.nCodTitulo === code), String(code));
  const refused = await post(`${url}/__change`, { clientes: [{ codigo_cliente_omie: 1, razao_social: 'X' }] });
  assert.equal(refused.status, 500);
  assert.match(refused.json.faultstring, /\[1\]/);
});

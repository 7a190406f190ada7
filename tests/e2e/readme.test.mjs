// What the README shows is what happens.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { program, run, source, workspace } from './harness.mjs';

const pages = ['README.md', 'README.pt-BR.md'].map((name) => ({ name, text: readFileSync(join(source, name), 'utf8') }));

function blocks(text, language) {
  return [...text.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].filter(([, found]) => found === language).map(([, , block]) => block);
}

test('the first example prints five real overdue receivables, as shown', (t) => {
  for (const { name, text } of pages) {
    const command = /build\/release\/bin\/tomada (tools call erp_receivables '(.*)')/.exec(text);
    assert.ok(command, name);
    const { state } = workspace(t);
    const result = run(['tools', 'call', 'erp_receivables', command[2], '--state', state]);
    assert.equal(result.code, 0, result.stderr);
    assert.equal(result.stderr, '');
    const line = /^- .+, NF \d+ \d{3}\/\d{3}, due \d{4}-\d\d-\d\d \(\d+ days late\): \d+\.\d\d overdue(?:, open \d+\.\d\d)?$/gm;
    assert.equal(result.stdout.match(line)?.length, 5, result.stdout);
    assert.equal(text.match(line)?.length, 5, `${name} shows it as it is printed`);
  }
});

test('the configuration it shows is a valid one', (t) => {
  for (const { name, text } of pages) {
    const [config] = blocks(text, 'toml');
    const place = workspace(t);
    const env = { ...process.env, OMIE_APP_KEY: 'key', OMIE_APP_SECRET: 'secret' };
    const result = run(['tools', 'list', '--config', place.file('tomada.toml', config), '--state', place.state], { env });
    assert.equal(result.code, 0, `${name}: ${result.stderr}`);
    assert.match(result.stdout, /erp_receivables/);
  }
});

test('every command it names exists', () => {
  for (const { name, text } of pages) {
    for (const [, verb] of text.matchAll(/(?:`|bin\/|^)tomada ([a-z]+)\b/gm)) {
      const help = run([verb, '--help']);
      assert.equal(help.code, 0, `${name}: tomada ${verb}`);
    }
  }
});

test('the client configuration it shows is the one that is printed', () => {
  for (const { name, text } of pages) {
    const shown = JSON.parse(blocks(text, 'json')[0]);
    const printed = JSON.parse(run(['client', 'claude-desktop']).stdout);
    shown.mcpServers.tomada.command = program;
    printed.mcpServers.tomada.command = program;
    assert.deepEqual(shown, printed, name);
  }
});

test('both languages show the same commands and tools', () => {
  const [english, portuguese] = pages.map(({ text }) => [...text.matchAll(/`((?:erp|get|health|configure)_\w+)`/g)].map(([, tool]) => tool));
  assert.deepEqual(english, portuguese);
});

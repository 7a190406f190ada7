// What the README shows is what happens.
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';

import { program, run, source, workspace } from './harness.mjs';

const pages = ['README.md', 'README.pt-BR.md'].map((name) => ({ name, text: readFileSync(join(source, name), 'utf8') }));

function blocks(text, language) {
  return [...text.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].filter(([, found]) => found === language).map(([, , block]) => block);
}

const flowing = (text) => text.replace(/\s+/g, ' ').trim();

// As long as a page's lines, broken between words.
function wrapped(line) {
  const out = [''];
  for (const word of line.split(' ')) {
    const last = out.at(-1);
    if (last && last.length + 1 + word.length > 128) out.push(word);
    else out[out.length - 1] = last ? `${last} ${word}` : word;
  }
  return out.join('\n');
}

// The page names the day; TOMADA_UPDATE=1 writes what is printed for that day into it.
test('the first example prints what is shown, on the day that is named', (t) => {
  for (const { name, text } of pages) {
    const [, words] = /build\/release\/bin\/tomada tools call erp_receivables '(.*)'/.exec(text);
    const [, shown, day] = /^```\n([^`]*?)^```\n[^`]*?(\d{4}-\d\d-\d\d)/m.exec(text.slice(text.indexOf(words)).replace(/^.*\n```\n/, ''));
    const place = workspace(t);
    const config = place.file('tomada.toml', `[plugin.erp]\ntoday = "${day}"\n`);
    const result = run(['tools', 'call', 'erp_receivables', words, '--config', config, '--state', place.state]);
    assert.equal(result.code, 0, result.stderr);
    assert.equal(result.stderr, '');
    assert.equal(result.stdout.match(/^- .+ days late\): /gm)?.length, 5, result.stdout);
    if (process.env.TOMADA_UPDATE) {
      const printed = result.stdout.trimEnd().split('\n').map(wrapped).join('\n') + '\n';
      writeFileSync(join(source, name), text.replace(shown, () => printed));
      continue;
    }
    assert.equal(flowing(shown), flowing(result.stdout), `${name}: TOMADA_UPDATE=1 tests/e2e/run readme.test.mjs mends it`);
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

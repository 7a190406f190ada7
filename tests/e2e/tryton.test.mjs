// What only a real Tryton can show: its logins, its refusals, its other companies, and books that change while they are read.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { after, before, describe, test } from 'node:test';

import { modern, pipe, run, runBeside, workspace } from './harness.mjs';
import { today } from './company.mjs';
import { company, password, rpc, skip, startTryton } from './tryton.mjs';

const section = (more) => `[plugin.erp]\nsource = "tryton"\nupstream = "tryton"\ntoday = "${today}"\n${more}\n`;
const login = (user = 'assistant', secret = '${TRYTON_PASSWORD}', database = 'company') =>
  `database = "${database}"\nuser = "${user}"\npassword = "${secret}"`;

describe('tryton', { skip }, () => {
  const endings = [];
  const life = { after: (ending) => endings.push(ending) };
  let tryton;
  before(async () => (tryton = await startTryton(life)));
  after(async () => { for (const ending of endings) await ending(); });

  function place(t, more) {
    const made = workspace(t);
    const config = made.file('tomada.toml', `log_level = "debug"\nlog_file = "${made.folder}/tomada.log"\n[upstream.tryton]\nurl = "${tryton.url}"\n${section(more)}`);
    return { ...made, words: ['--config', config, '--state', made.state] };
  }
  const env = { ...process.env, TRYTON_PASSWORD: password };
  const call = (made, tool, args = {}) =>
    runBeside(['tools', 'call', tool, JSON.stringify(args), '--format', 'json', ...made.words], { env });
  const failure = async (t, more, tool = 'erp_receivables') => {
    const answer = await call(place(t, more), tool);
    assert.equal(answer.code, 5, answer.stdout + answer.stderr);
    return answer.stdout + answer.stderr;
  };
  async function session(user) {
    const [id, key] = await tryton.call('common.db.login', user, { password }, 'en');
    const headers = { authorization: `Session ${Buffer.from(`${user}:${id}:${key}`).toString('base64')}` };
    return (method, ...params) => rpc(`${tryton.url}company/`, method, params, headers);
  }

  test('a wrong password, database or user is told with what to mend, and never shown', async (t) => {
    const wrong = await failure(t, login('assistant', 'Canary-of-a-wrong-Password'));
    assert.match(wrong, /does not accept user and password/);
    assert.doesNotMatch(wrong, /Canary-of-a-wrong/);
    assert.match(await failure(t, login('assistant', '${TRYTON_PASSWORD}', 'nowhere')), /nowhere.*Check database|Check database/);
    assert.match(await failure(t, login('clerk')), /tryton refused.*(access|allowed).*groups/s);
  });

  test('check says what is missing, and whether Tryton lets the user in', async (t) => {
    const made = workspace(t);
    const incomplete = run(['check', '--config', made.file('tomada.toml', '\n[plugin.erp]\nsource = "tryton"\n'), '--state', made.state]);
    assert.equal(incomplete.code, 2, incomplete.stdout);
    assert.match(incomplete.stdout, /tomada\.toml:2: .*upstream.*database.*user.*password/);
    const good = await runBeside(['check', ...place(t, login()).words], { env });
    assert.equal(good.code, 0, good.stdout);
    assert.match(good.stdout, /^ok {8}plugin\.erp: erp_categories answers$/m);
    const bad = await runBeside(['check', ...place(t, login('assistant', 'Canary-of-a-wrong-Password')).words], { env });
    assert.equal(bad.code, 4, bad.stdout);
  });

  test('the password stands in no answer, log or file', async (t) => {
    const made = place(t, login());
    for (const tool of ['erp_receivables', 'erp_cash_position', 'erp_partners', 'erp_orders']) {
      const { code, stdout, stderr } = await call(made, tool);
      assert.equal(code, 0, stdout + stderr);
      assert.ok(!(stdout + stderr).includes(password));
    }
    const secrets = [password, Buffer.from(password).toString('base64').slice(0, -4)];
    for (const secret of secrets) {
      assert.throws(() => execFileSync('grep', ['-rF', secret, made.folder]), ({ status }) => status === 1, 'grep finds it nowhere');
    }
  });

  test('a server whose session Tryton has ended logs in anew, and the question is answered', async (t) => {
    const { words } = place(t, login());
    const server = pipe(t, { words: words.slice(0, 2), state: words[3], env });
    for (const _ of [1, 2]) {
      const { result } = await server.ask(modern(1, 'tools/call', { name: 'erp_cash_position', arguments: { fresh: true } }));
      assert.ok(!result.isError, JSON.stringify(result.content));
      tryton.endSessions();
    }
  });

  test('another company of the same database is never heard of, unless it is the one that is named', async (t) => {
    const made = place(t, login());
    for (const [tool, args] of [['erp_receivables', { status: 'all', limit: 100 }], ['erp_orders', { limit: 100 }], ['erp_cash_position', {}]]) {
      const { stdout } = await call(made, tool, args);
      assert.doesNotMatch(stdout, /Can[aá]rio|66666/);
    }
    const stranger = await failure(t, `${login()}\ncompany = "Canário Alheio Ltda"`, 'erp_receivables');
    assert.match(stranger, /not one of the user's/);
    const named = await call(place(t, `${login()}\ncompany = "Aurora Atacado Ltda"`), 'erp_receivables', { limit: 1 });
    assert.equal(named.code, 0, named.stderr);
  });

  test('records that come while a list is read are neither skipped nor repeated', async (t) => {
    const ask = await session('clerk');
    const before = new Set((await ask('model.party.party.search', [], 0, null, null, { company })).map(String));
    const writing = (async () => {
      for (let i = 0; i < 15; ++i) await ask('model.party.party.create', [{ name: `Novo ${i}` }], { company });
    })();
    const made = place(t, login());
    const seen = [];
    let cursor;
    do {
      const { stdout } = await call(made, 'erp_partners', { query: 'a', limit: 100, ...(cursor && { cursor }) });
      const { structuredContent: page } = JSON.parse(stdout);
      seen.push(...page.items.map(({ id }) => id));
      cursor = page.next_cursor;
    } while (cursor);
    await writing;
    assert.equal(new Set(seen).size, seen.length);
    assert.ok(seen.filter((id) => before.has(id)).length > 20);
  });
});

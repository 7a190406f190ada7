// What only a real database can show: its logins, its refusals, its silence, and that it comes back.
import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { copyFileSync, readFileSync, renameSync, rmSync } from 'node:fs';
import net from 'node:net';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';

import { asScript, demoDatabase, password, place } from './books_sql.mjs';
import { atEnd, modern, modernHeaders, pipe, post, program, run, runBeside, serve, source } from './harness.mjs';
import { loadBooks, skip, startPostgresql } from './postgresql.mjs';

const life = () => {
  const endings = [];
  return { after: (ending) => endings.push(ending), end: async () => { for (const ending of endings.reverse()) await ending(); } };
};
const words = (made) => [...made.words, '--state', made.state];
const environment = (made) => ({ env: { ...process.env, ...made.env } });
const call = (made, tool, args = {}) => runBeside(['tools', 'call', tool, JSON.stringify(args), '--format', 'json', ...words(made)], environment(made));
const check = (made) => runBeside(['check', ...words(made)], environment(made));
async function refusal(made, tool, args) {
  const { code, stdout, stderr } = await call(made, tool, args);
  assert.ok(code === 4 || code === 5, stdout + stderr);
  return stdout + stderr;
}
const ask = (server, name, args = {}) => server.ask(modern(1, 'tools/call', { name, arguments: { fresh: true, ...args } })).then(({ result }) => result);

// A server that takes connections and says nothing, or what `speak` says.
async function silent(t, speak = () => {}) {
  const sockets = new Set();
  const server = net.createServer((socket) => {
    sockets.add(socket.on('error', () => {}));
    speak(socket);
  });
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  atEnd(t, () => {
    for (const socket of sockets) socket.destroy();
    return new Promise((resolve) => server.close(resolve));
  });
  return server.address().port;
}

const editing = (subject, query) => (text) => text.replace(new RegExp(`^${subject} = ("""[^]*?"""|".*")$`, 'm'), () => `${subject} = """${query}"""`);

describe('sql over SQLite', () => {
  const own = life();
  let file;
  before(() => ({ file } = demoDatabase(own)));
  after(() => own.end());

  test('the example is a configuration that works', async (t) => {
    const copy = join(place(t, `sqlite:${file}`).folder, 'aurora.db');
    copyFileSync(file, copy);
    const made = place(t, `sqlite:${copy}`);
    const { code, stdout } = await check(made);
    assert.equal(code, 0, stdout);
    assert.match(stdout, /^ok {8}upstream\.books: sqlite:.*aurora\.db answers$/m);
    assert.match(stdout, /^ok {8}plugin\.erp: erp_categories answers$/m);
    assert.ok(readFileSync(join(source, 'examples/sql.toml'), 'utf8').includes('source = "sql"'));
  });

  test('check names each query that lacks something, and each key that is wrong with its line', async (t) => {
    const lacking = place(t, `sqlite:${file}`, '', editing('orders', 'SELECT id, number FROM orders'));
    const { code, stdout } = await check(lacking);
    assert.equal(code, 4, stdout);
    assert.match(stdout, /query \\?"orders\\?" does not answer what it must: it lacks partner, ordered_on, status, total/);
    const wrong = [
      [(text) => text.replace(/^url = .*$/m, 'url = "sqlite:books.db"'), /tomada\.toml:6: .*url/],
      [(text) => text.replace(/^url = .*$/m, 'url = "postgresql://host/books?sslmode=perhaps"'), /tomada\.toml:6: .*sslmode/],
      [(text) => text.replace(/^url = .*$/m, 'url = "postgresql://ana:Canary-Secret@host/books"'), /tomada\.toml:6: .*credentials.*user and password/],
      [(text) => text.replace('partners = ', 'partner = '), /tomada\.toml:\d+: .*partner/],
      [(text) => text.replace(/upstream = "books"/, ''), /upstream/],
    ];
    for (const [edit, said] of wrong) {
      const answer = run(['check', ...words(place(t, `sqlite:${file}`, '', edit))]);
      assert.equal(answer.code, 2, answer.stdout);
      assert.match(answer.stdout, said);
      assert.doesNotMatch(answer.stdout + answer.stderr, /Canary/);
    }
  });

  test('a query that writes, or that is two, is refused and changes nothing', async (t) => {
    const before = execFileSync('sha256sum', [file], { encoding: 'utf8' });
    for (const query of ['DELETE FROM accounts RETURNING id, note AS name, amount_cents AS balance', 'SELECT 1 AS id) AS q; DELETE FROM accounts; SELECT * FROM (SELECT 1']) {
      const said = await refusal(place(t, `sqlite:${file}`, '', editing('accounts', query)), 'erp_cash_position');
      assert.match(said, /accounts.*refused the statement/s);
    }
    assert.equal(execFileSync('sha256sum', [file], { encoding: 'utf8' }), before);
  });

  test('a query without end is stopped by the time of its upstream, and the server goes on', async (t) => {
    const endless = 'WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) AS id, max(i) AS name, 0 AS balance FROM n';
    const made = place(t, `sqlite:${file}`, '', (text) => editing('accounts', endless)(text).replace('timeout = "30s"', 'timeout = "300ms"'));
    const server = pipe(t, made);
    const slow = await ask(server, 'erp_cash_position');
    assert.ok(slow.isError);
    assert.match(slow.content[0].text, /longer than it may|time/);
    assert.ok(!(await ask(server, 'erp_receivables')).isError);
  });

  test('a file that goes away is told, and answers again when it is back', async (t) => {
    const copy = join(place(t, `sqlite:${file}`).folder, 'aurora.db');
    copyFileSync(file, copy);
    const made = place(t, `sqlite:${copy}`);
    const server = pipe(t, made);
    assert.ok(!(await ask(server, 'erp_receivables')).isError);
    renameSync(copy, `${copy}.away`);
    const away = await ask(server, 'erp_receivables', { limit: 3 });
    assert.match(JSON.stringify(away), /there is no file|stale/);
    renameSync(`${copy}.away`, copy);
    const back = await ask(server, 'erp_receivables', { limit: 4 });
    assert.ok(!back.isError, JSON.stringify(back.content));
    rmSync(copy);
  });
});

describe('sql over PostgreSQL', { skip }, () => {
  const own = life();
  let server;
  before(async () => {
    server = loadBooks(await startPostgresql(own), asScript(demoDatabase(own).file));
  });
  after(() => own.end());
  const books = (t, edit) => place(t, server.url, server.login, edit);

  test('check logs in and asks', async (t) => {
    const { code, stdout } = await check(books(t));
    assert.equal(code, 0, stdout);
    assert.match(stdout, /^ok {8}upstream\.books: postgresql:\/\/127\.0\.0\.1:\d+\/books answers$/m);
  });

  test('a wrong password, user or database is told with what to mend, and never shown', async (t) => {
    for (const edit of [
      (text) => text.replace('${BOOKS_PASSWORD}', 'Canary-of-a-wrong-Password'), (text) => text.replace('user = "assistant"', 'user = "nobody"'),
      (text) => text.replace(/\/books"$/m, '/nowhere"'),
    ]) {
      const made = books(t, edit);
      const said = await refusal(made, 'erp_receivables');
      assert.match(said, /authentication failed|does not exist/);
      assert.match(said, /user and password/);
      assert.doesNotMatch(said, /Canary/);
      const { code, stdout, stderr } = await check(made);
      assert.equal(code, 4, stdout);
      assert.doesNotMatch(stdout + stderr, /Canary/);
    }
  });

  test('the password stands in no answer, log, metric or file', async (t) => {
    const made = books(t, (text) => `log_level = "debug"\n${text}`);
    for (const tool of ['erp_receivables', 'erp_cash_position', 'erp_partners', 'erp_orders']) {
      const { code, stdout, stderr } = await call(made, tool);
      assert.equal(code, 0, stdout + stderr);
      assert.ok(!(stdout + stderr).includes(password));
    }
    const server = await serve(t, made);
    await post(server.url, modern(1, 'tools/call', { name: 'erp_receivables', arguments: {} }), modernHeaders(modern(1, 'tools/call', { name: 'erp_receivables' })));
    for (const path of ['/metrics', '/health/detailed']) {
      const text = await (await fetch(server.origin + path)).text();
      assert.ok(text.includes('books'), path);
      assert.ok(!text.includes(password), path);
    }
    assert.throws(() => execFileSync('grep', ['-rF', password, made.folder]), ({ status }) => status === 1, 'grep finds it nowhere');
  });

  test('writing is refused by the read-only transaction, also to a user who may write', async (t) => {
    server.script('GRANT INSERT, UPDATE, DELETE ON accounts TO assistant');
    const before = server.sql('SELECT * FROM accounts ORDER BY id');
    const queries = [
      ["WITH gone AS (DELETE FROM accounts RETURNING *) SELECT id, name, opening AS balance FROM gone", /WITH clause|read-only/],
      ["SELECT id, name, opening AS balance FROM accounts) AS q LIMIT 0; DELETE FROM accounts; SELECT * FROM (SELECT 1", /multiple commands|refused/],
    ];
    for (const [query, said] of queries)
      assert.match(await refusal(books(t, editing('accounts', query)), 'erp_cash_position'), said);
    server.script("CREATE FUNCTION empty_them() RETURNS int LANGUAGE plpgsql AS 'BEGIN DELETE FROM accounts; RETURN 1; END'");
    const sly = 'SELECT id, name, opening + empty_them() AS balance FROM accounts';
    assert.match(await refusal(books(t, editing('accounts', sly)), 'erp_cash_position'), /cannot execute DELETE in a read-only transaction/);
    assert.deepEqual(server.sql('SELECT * FROM accounts ORDER BY id'), before);
  });

  test('a type that cannot be what it must is named with query and column', async (t) => {
    const text = (made) => editing('accounts', made);
    assert.match(await refusal(books(t, text("SELECT id, name, 'much' AS balance FROM accounts")), 'erp_cash_position'), /query.*accounts.*its column balance is text, expected a number/s);
    assert.match(await refusal(books(t, text('SELECT id, name, nothing AS balance FROM accounts')), 'erp_cash_position'), /query.*accounts.*column .*nothing.* does not exist/s);
  });

  test('a slow query is ended by the database itself, and the connection is used again', async (t) => {
    const slow = 'SELECT a.id, a.name, a.opening AS balance FROM accounts a, pg_sleep(20) s';
    const made = books(t, (text) => editing('accounts', slow)(text).replace('timeout = "30s"', 'timeout = "600ms"'));
    const client = pipe(t, made);
    const answer = await ask(client, 'erp_cash_position');
    assert.match(answer.content[0].text, /longer than it may/);
    assert.ok(!(await ask(client, 'erp_receivables')).isError);
    assert.deepEqual(server.sql("SELECT count(*) AS n FROM pg_stat_activity WHERE query LIKE '%pg_sleep(20)%' AND state = 'active' AND pid <> pg_backend_pid()"), [{ n: 0 }]);
  });

  test('a call that is cancelled ends its query in the database', async (t) => {
    const slow = 'SELECT a.id, a.name, a.opening AS balance FROM accounts a, pg_sleep(25) s';
    const client = pipe(t, books(t, editing('accounts', slow)));
    const running = "SELECT count(*) AS n FROM pg_stat_activity WHERE query LIKE '%pg_sleep(25)%' AND state = 'active' AND pid <> pg_backend_pid()";
    const waits = async (n) => {
      const end = performance.now() + 10_000;
      while (server.sql(running)[0].n !== n) assert.ok(performance.now() < end, `${n} are running`);
    };
    client.send(modern('slow', 'tools/call', { name: 'erp_cash_position', arguments: {} }));
    await waits(1);
    client.send({ jsonrpc: '2.0', method: 'notifications/cancelled', params: { requestId: 'slow' } });
    await waits(0);
  });

  test('a database that goes away in the middle is told, and answers again when it is back', async (t) => {
    const client = pipe(t, books(t));
    assert.ok(!(await ask(client, 'erp_receivables')).isError);
    await server.stop();
    const away = await ask(client, 'erp_payables');
    assert.ok(away.isError);
    assert.match(away.content[0].text, /books could not be asked: .*(refused|terminat|closed|shut)/);
    await server.start();
    const back = await ask(client, 'erp_payables');
    assert.ok(!back.isError, JSON.stringify(back.content));
  });

  test('a server that takes the connection and says nothing is left after the time that is given', async (t) => {
    const port = await silent(t);
    const made = place(t, `postgresql://127.0.0.1:${port}/books`, `${server.login}\nconnect_timeout = "300ms"`);
    assert.match(await refusal(made, 'erp_receivables'), /did not answer in time/);
    assert.match((await check(made)).stdout, /upstream\.books: .*did not answer in time/);
    const junk = await silent(t, (socket) => socket.write('HTTP/1.1 400 Bad Request\r\n\r\n'));
    assert.match(await refusal(place(t, `postgresql://127.0.0.1:${junk}/books`, server.login), 'erp_receivables'), /could not be asked/);
  });

  test('a server that falls silent in the middle of an answer is left too', async (t) => {
    let hold = false;
    const port = await silent(t, (socket) => {
      const upstream = net.connect(server.port, '127.0.0.1').on('error', () => {});
      upstream.on('data', (data) => hold || socket.write(data));
      socket.on('data', (data) => upstream.write(data)).on('close', () => upstream.destroy());
    });
    const made = place(t, `postgresql://127.0.0.1:${port}/books`, server.login, (text) => text.replace('timeout = "30s"', 'timeout = "700ms"'));
    const client = pipe(t, made);
    assert.ok(!(await ask(client, 'erp_receivables')).isError);
    hold = true;
    const answer = await ask(client, 'erp_receivables', { limit: 3 });
    assert.match(JSON.stringify(answer), /did not answer in time|stale/);
    hold = false;
    assert.ok(!(await ask(client, 'erp_receivables', { limit: 4 })).isError);
  });

  test('beyond this machine the certificate must be good', async (t) => {
    const url = (host, options) => server.url.replace('127.0.0.1', host) + options;
    const verified = place(t, url('127.0.0.1', `?sslmode=verify-full&sslrootcert=${server.certificate}`), server.login);
    assert.equal((await call(verified, 'erp_receivables')).code, 0);
    assert.match(await refusal(place(t, url('127.0.0.1', '?sslmode=verify-full'), server.login), 'erp_receivables'), /certificate verify failed/);
    const stranger = place(t, url('localhost', `?sslmode=verify-full&sslrootcert=${server.certificate}`), server.login);
    assert.match(await refusal(stranger, 'erp_receivables'), /certificate.*does not match host name/);
  });

  test('without its module the rest goes on, and check says what is missing', async (t) => {
    const folder = join(place(t, server.url).folder, 'moved');
    execFileSync('mkdir', ['-p', `${folder}/bin`, `${folder}/lib/tomada`]);
    copyFileSync(program, `${folder}/bin/tomada`);
    execFileSync('cp', ['-r', join(program, '../../lib/tomada/plugins'), `${folder}/lib/tomada/plugins`]);
    const made = books(t);
    const options = { encoding: 'utf8', ...environment(made) };
    const checked = await new Promise((resolve) => {
      import('node:child_process').then(({ execFile }) => execFile(`${folder}/bin/tomada`, ['check', ...words(made)], options, (error, stdout) => resolve({ code: error?.code ?? 0, stdout })));
    });
    assert.notEqual(checked.code, 0);
    assert.match(checked.stdout, /upstream\.books: the module "postgresql" is not installed/);
  });
});

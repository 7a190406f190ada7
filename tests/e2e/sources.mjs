// The ERPs that the shared tests are run against: how each is started and configured, and its books asked directly. A new
// connector is one more entry. Books have the shape of books.mjs: amounts in cents, titles with their partner and status.
import { booksOf, sharedBooks } from './books.mjs';
import { omieBooks } from './books_omie.mjs';
import { asScript, demoDatabase, place as sqlPlace } from './books_sql.mjs';
import { trytonBooks } from './books_tryton.mjs';
import { asker, company, today } from './company.mjs';
import { simulator, workspace } from './harness.mjs';
import { loadBooks, skip as postgresqlSkip, startPostgresql } from './postgresql.mjs';
import { password, skip as trytonSkip, startTryton } from './tryton.mjs';

export { today };

function configured(t, upstream, section, env = {}) {
  const place = workspace(t);
  const config = place.file('tomada.toml', `[upstream.erp]\n${upstream}\n[plugin.erp]\nupstream = "erp"\ntoday = "${today}"\n${section}\n`);
  return { words: ['--config', config], state: place.state, env };
}

async function demo(t) {
  const place = company(t);
  return { ...place, books: sharedBooks(booksOf(asker(place))) };
}

async function omie(t) {
  const day = today.split('-').reverse().join('/');
  const url = await simulator(t, ['--today', day, '--titles', '900', '--per-ip-minute', '100000', '--per-method-minute', '100000', '--concurrency', '100']);
  const section = 'source = "omie"\napp_key = "1234567890123"\napp_secret = "0123456789abcdef0123456789abcdef"';
  return { ...configured(t, `url = "${url}/api/v1/"\nkind = "omie"`, section), books: await omieBooks(url, today) };
}

async function tryton(t) {
  const server = await startTryton(t);
  const section = 'source = "tryton"\ndatabase = "company"\nuser = "assistant"\npassword = "${TRYTON_PASSWORD}"';
  const place = configured(t, `url = "${server.url}"`, section, { TRYTON_PASSWORD: password });
  return { ...place, books: trytonBooks(server, today), server };
}

function sqlite(t) {
  const { file, books } = demoDatabase(t);
  return { ...sqlPlace(t, `sqlite:${file}`), books };
}

async function postgresql(t) {
  const { file, books } = demoDatabase(t);
  const server = loadBooks(await startPostgresql(t), asScript(file));
  return { ...sqlPlace(t, server.url, server.login), books };
}

export const sources = [
  { name: 'demo', start: demo },
  { name: 'omie', start: omie },
  { name: 'sql over SQLite', start: sqlite },
  { name: 'sql over PostgreSQL', start: postgresql, skip: postgresqlSkip },
  { name: 'tryton', start: tryton, skip: trytonSkip },
];

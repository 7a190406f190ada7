// The ERPs that the shared tests are run against: how each is started and configured, and its books asked directly. A new
// connector is one more entry. Books have the shape of books.mjs: amounts in cents, titles with their partner and status.
import { booksOf } from './books.mjs';
import { omieBooks } from './books_omie.mjs';
import { trytonBooks } from './books_tryton.mjs';
import { asker, company, today } from './company.mjs';
import { simulator, workspace } from './harness.mjs';
import { password, skip as trytonSkip, startTryton } from './tryton.mjs';

export { today };

function configured(t, upstream, section, env = {}) {
  const place = workspace(t);
  const config = place.file('tomada.toml', `[upstream.erp]\n${upstream}\n[plugin.erp]\nupstream = "erp"\ntoday = "${today}"\n${section}\n`);
  return { words: ['--config', config], state: place.state, env };
}

async function demo(t) {
  const place = company(t);
  const books = booksOf(asker(place));
  const [whole] = books.cash.total.split('.');
  const cash = Number(whole) * 100 + Math.sign(Number(whole) || 1) * Number(books.cash.total.split('.')[1]);
  const orders = books.orders.map((order) => ({ ...order, lines: order.items }));
  return { ...place, books: { ...books, titles: books.titles.map((title) => ({ ...title, is_receivable: title.is_receivable === 1 })), orders, cash } };
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

export const sources = [
  { name: 'demo', start: demo },
  { name: 'omie', start: omie },
  { name: 'tryton', start: tryton, skip: trytonSkip },
];

// The same questions to every ERP: what the tools say agrees to the cent with a direct question to the ERP itself.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { facts, lasting, result, whole } from './asked.mjs';
import { finds, names, plain, titleSums } from './books.mjs';
import { money } from './company.mjs';
import { pipe } from './harness.mjs';
import { sources, today } from './sources.mjs';

const states = {
  open: ({ open }) => open !== 0,
  overdue: ({ status }) => status === 'overdue',
  due: ({ open, due_on }) => open !== 0 && due_on >= today,
  partial: ({ open, paid }) => open !== 0 && paid !== 0,
  paid: ({ status }) => status === 'paid',
  cancelled: ({ status }) => status === 'cancelled',
  all: () => true,
};
const byDue = (a, b) => (a.due_on === b.due_on ? a.id - b.id : a.due_on < b.due_on ? -1 : 1);
const byAmount = (a, b) => b.amount - a.amount || a.id - b.id;

// Words that people type: without accents, in capitals, turned around, a part of the tax number.
function searches(partners) {
  const out = ['no such partner', '%', '_', "'", '"', '\\', "' OR 1=1 --", '"]],[["id",">",0', '🚀', '☕ café', '\u0000'];
  const chosen = partners.filter(({ name }) => name.split(/\s+/).length > 1);
  for (let i = 0; i < chosen.length && i < 60; i += 12) {
    const [first, second] = chosen[i].name.split(/\s+/);
    out.push(plain(first), first.toUpperCase(), `${second}  ${first} `, chosen[i].name.slice(0, 5).normalize('NFD'));
    if (chosen[i].tax_id) out.push(chosen[i].tax_id, chosen[i].tax_id.replace(/\D/g, ''), chosen[i].tax_id.slice(0, 6));
  }
  return [...new Set(out)].filter((words) => words.trim() !== '' && words !== '\u0000');
}

const middle = (values) => values.toSorted((a, b) => (a < b ? -1 : 1))[values.length >> 1];
const both = [['erp_receivables', true], ['erp_payables', false]];

function titleQuestions(titles) {
  const due = middle(titles.map(({ due_on }) => due_on));
  const amount = middle(titles.map((title) => Math.abs(title.amount)));
  return [
    ...Object.keys(states).map((status) => ({ status })),
    { status: 'all', due_from: due }, { status: 'all', due_to: due }, { status: 'paid', due_from: due }, { status: 'open', due_to: due },
    { status: 'all', due_from: due, due_to: due }, { status: 'open', due_from: today, due_to: '2026-11-15' },
    { status: 'all', min_amount: amount / 100 }, { status: 'all', max_amount: amount / 100 },
    { status: 'all', min_amount: amount / 100, max_amount: amount / 100 }, { status: 'open', order: 'amount' },
    { status: 'all', due_from: '1900-01-01', due_to: '1900-12-31' },
  ];
}

function agrees(title, args) {
  if (!states[args.status](title)) return false;
  if ((args.due_from ?? '') > title.due_on || (args.due_to ?? '9999') < title.due_on) return false;
  if (title.amount < Math.round((args.min_amount ?? -1e12) * 100) || title.amount > Math.round((args.max_amount ?? 1e12) * 100)) return false;
  return !args.partner || names(args.partner, title.partner);
}

const expectedTitle = (title) => ({
  id: String(title.id), partner: title.partner.name, tax_id: title.partner.tax_id, due_on: title.due_on, amount: money(title.amount),
  open: money(title.open), status: title.status, paid: title.paid ? money(title.paid) : undefined,
});
const shownTitle = ({ id, partner, tax_id, due_on, amount, open, status, paid }) => ({ id, partner, tax_id, due_on, amount, open, status, paid });

for (const { name, start, skip } of sources) {
  describe(name, { skip }, () => {
    const life = lasting();
    let server;
    let books;
    before(async () => {
      const place = await start(life);
      books = place.books;
      server = pipe(life, place);
    });
    after(() => life.end());

    for (const [tool, isReceivable] of both) {
      test(`${tool}: every filter leaves what it leaves in the books, and sums it to the cent`, async () => {
        const titles = books.titles.filter((title) => title.is_receivable === isReceivable);
        assert.ok(titles.length > 20);
        const partners = [...new Set(titles.map(({ partner }) => partner))];
        const questions = [...titleQuestions(titles), ...searches(partners).map((partner) => ({ status: 'all', partner }))];
        for (const args of questions) {
          const expected = titles.filter((title) => agrees(title, args)).sort(args.order === 'amount' ? byAmount : byDue);
          const answer = await whole(server, tool, args);
          const what = `${tool} ${JSON.stringify(args)}`;
          assert.deepEqual(answer.items.map(shownTitle), expected.map(expectedTitle), what);
          assert.deepEqual(answer.summary, titleSums(expected), what);
          assert.equal(answer.currency, 'BRL');
        }
      });
    }

    test('orders by status, date, number and customer', async () => {
      const day = middle(books.orders.map(({ ordered_on }) => ordered_on));
      const { number } = books.orders[books.orders.length >> 1];
      const partners = [...new Set(books.orders.map(({ partner }) => partner))];
      const questions = [
        [{}, () => true],
        ...['quote', 'open', 'invoiced', 'cancelled'].map((status) => [{ status }, (order) => order.status === status]),
        [{ from: day }, ({ ordered_on: on }) => on >= day], [{ to: day }, ({ ordered_on: on }) => on <= day],
        [{ from: day, to: day }, ({ ordered_on: on }) => on === day], [{ number: String(number) }, (order) => order.number === number],
        [{ number: `${number}9999` }, () => false],
        ...searches(partners).slice(0, 16).map((partner) => [{ partner }, (order) => names(partner, order.partner)]),
      ];
      for (const [args, where] of questions) {
        const expected = books.orders.filter(where);
        const answer = await whole(server, 'erp_orders', args);
        const show = ({ number, partner, ordered_on, status, total }) => [number, partner, ordered_on, status, total];
        const shown = expected.map((order) => [String(order.number), order.partner.name, order.ordered_on, order.status, money(order.total_cents)]);
        assert.deepEqual(answer.items.map(show), shown, JSON.stringify(args));
        assert.equal(answer.summary.amount, money(expected.reduce((sum, order) => sum + order.total_cents, 0)), JSON.stringify(args));
      }
    });

    test('an order shows its lines, which sum up to it', async () => {
      const { items } = await facts(server, 'erp_orders', { with_items: true, limit: 30 });
      const cents = (text) => Math.round(Number(text) * 100);
      for (const order of items) assert.equal(order.items.reduce((sum, { total }) => sum + cents(total), 0), cents(order.total), order.number);
    });

    test('partners by name, tax number, place, role and whether they are in use', async () => {
      const [{ city, state }] = books.partners.filter(({ city, state }) => city && state);
      const questions = [
        [{}, () => true], [{ active: true }, ({ is_active }) => is_active], [{ active: false }, ({ is_active }) => !is_active],
        [{ role: 'customer' }, ({ is_customer }) => is_customer], [{ role: 'supplier' }, ({ is_supplier }) => is_supplier],
        [{ state: state.toLowerCase() }, (partner) => partner.state === state], [{ city: plain(city) }, (partner) => finds(plain(city), partner.city)],
        ...searches(books.partners).map((query) => [{ query }, (partner) => names(query, partner)]),
      ];
      for (const [args, where] of questions) {
        const answer = await whole(server, 'erp_partners', args);
        const show = ({ id, name, tax_id }) => `${id} ${name} ${tax_id ?? ''}`;
        assert.deepEqual(answer.items.map(show).sort(), books.partners.filter(where).map(show).sort(), JSON.stringify(args));
        const order = answer.items.map(({ name }) => plain(name));
        assert.deepEqual(order, order.toSorted((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b))), 'in order');
      }
    });

    test('products with price and stock, and those that run low', async () => {
      const words = books.products[0].description.split(' ')[0];
      const questions = [
        [{}, () => true], [{ active: false }, ({ is_active }) => !is_active], [{ low_stock: true }, ({ is_low }) => is_low],
        ...[plain(words), books.products[1].code.toLowerCase(), '%', '_', "'; DROP TABLE x;--"].map((query) => [
          { query }, ({ code, description }) => finds(query, code, description)]),
      ];
      for (const [args, where] of questions) {
        const answer = await whole(server, 'erp_products', args);
        const shown = answer.items.map(({ code, price, stock }) => `${code} ${price} ${stock}`).sort();
        const expected = books.products.filter(where).map(({ code, price_cents, stock }) => `${code} ${money(price_cents)} ${stock}`).sort();
        assert.deepEqual(shown, expected, JSON.stringify(args));
      }
    });

    test('categories by kind and text', async () => {
      for (const kind of ['revenue', 'expense']) {
        const { items } = await whole(server, 'erp_categories', { kind });
        const expected = books.categories.filter((category) => category.kind === kind);
        assert.deepEqual(items.map(({ description }) => description).sort(), expected.map(({ description }) => description).sort());
      }
      const { description } = books.categories.at(-1);
      const { items } = await whole(server, 'erp_categories', { query: plain(description).toUpperCase() });
      assert.ok(items.some((category) => category.description === description));
    });

    test('the cash position is the balances and what is open', async () => {
      const answer = await facts(server, 'erp_cash_position', {});
      assert.equal(answer.total, money(books.cash));
      for (const [key, isReceivable] of [['receivable', true], ['payable', false]]) {
        const open = books.titles.filter((title) => title.is_receivable === isReceivable && title.open !== 0);
        const sum = (rows) => money(rows.reduce((total, row) => total + row.open, 0));
        assert.equal(answer[key].open, sum(open));
        assert.equal(answer[key].overdue, sum(open.filter(({ due_on }) => due_on < today)));
        const inWeek = new Date(Date.parse(today) + 7 * 86_400_000).toISOString().slice(0, 10);
        assert.equal(answer[key].next_7_days, sum(open.filter(({ due_on }) => due_on >= today && due_on <= inWeek)));
      }
    });

    test('a list is cut at its limit and says how to go on', async () => {
      const { length } = books.titles.filter((title) => title.is_receivable);
      for (const limit of [1, length - 1, length].filter((limit) => limit <= 100)) {
        const page = await facts(server, 'erp_receivables', { status: 'all', limit });
        assert.deepEqual([page.returned, page.total, 'next_cursor' in page], [limit, length, limit < length]);
        assert.equal(/cursor|narrow/.test(page.next_step ?? ''), limit < length, page.next_step);
      }
    });

    test('what makes no sense is refused with its name, before the ERP is asked', async () => {
      const nonsense = [
        ['erp_receivables', { nonsense: 1 }, /nonsense/], ['erp_payables', { due_from: '2026-02-30' }, /due_from.*2026-02-30/],
        ['erp_orders', { from: '2026-13-01' }, /from.*2026-13-01/], ['erp_receivables', { status: 'unpaid' }, /status/],
        ['erp_partners', { query: 7 }, /query/], ['erp_products', { limit: 0 }, /limit/], ['erp_receivables', { cursor: "1' OR '1'='1" }, /cursor/],
      ];
      for (const [tool, args, said] of nonsense) {
        const answer = await result(server, tool, args);
        assert.equal(answer.isError, true, `${tool} ${JSON.stringify(args)}`);
        assert.match(answer.content[0].text, said);
      }
    });
  });
}

// Questions over everything, to every ERP: cash flow, revenue, ageing and slow stock agree to the cent with its books.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';

import { facts, lasting, result, whole } from './asked.mjs';
import { names } from './books.mjs';
import { money } from './company.mjs';
import { pipe } from './harness.mjs';
import { sources, today } from './sources.mjs';

const sum = (rows, key) => rows.reduce((total, row) => total + row[key], 0);
const inDays = (days) => new Date(Date.parse(today) + days * 86_400_000).toISOString().slice(0, 10);
const late = ({ due_on }) => Math.round((Date.parse(today) - Date.parse(due_on)) / 86_400_000);
const between = (from, to) => ({ due_on: on }) => on >= from && on <= to;
const grouped = (rows, key, amount) => [...Map.groupBy(rows, key)].map(([name, of]) => [name, sum(of, amount)]);
const largestFirst = (groups) => groups.map(([, cents]) => cents).sort((a, b) => b - a).map(money);
const ages = { not_due: [-1e6, 0], days_1_30: [1, 30], days_31_60: [31, 60], days_61_90: [61, 90], over_90: [91, 1e6] };

for (const { name, start, skip } of sources) {
  describe(name, { skip }, () => {
    const life = lasting();
    let server;
    let books;
    let owed; // by direction
    before(async () => {
      const place = await start(life);
      books = place.books;
      server = pipe(life, place);
      owed = { receivable: true, payable: false };
      for (const key of Object.keys(owed)) owed[key] = books.titles.filter(({ is_receivable, open }) => is_receivable === owed[key] && open !== 0);
    });
    after(() => life.end());

    test('the cash flow: balances of today, then every open title on its due date', async () => {
      for (const [interval, periods] of [['day', 20], ['week', 8], ['month', 4]]) {
        const answer = await facts(server, 'erp_cash_flow', { interval, periods });
        assert.equal(answer.opening, money(books.cash));
        assert.equal(answer.periods.length, periods);
        assert.equal(answer.periods[0].from, today);
        let balance = books.cash;
        for (const { from, to, ...period } of answer.periods) {
          const [flowing, leaving] = [owed.receivable, owed.payable].map((titles) => sum(titles.filter(between(from, to)), 'open'));
          balance += flowing - leaving;
          assert.deepEqual(period, { in: money(flowing), out: money(leaving), balance: money(balance) }, `${from} to ${to}`);
        }
        const last = answer.periods.at(-1).to;
        for (const [side, titles] of Object.entries(owed)) {
          assert.equal(answer.overdue[side], money(sum(titles.filter(({ due_on }) => due_on < today), 'open')));
          assert.equal(answer.later[side], money(sum(titles.filter(({ due_on }) => due_on > last), 'open')));
          assert.equal(answer.open[side], money(sum(titles, 'open')));
        }
      }
    });

    test('the ages of what is open, of all and of each partner', async () => {
      for (const [direction, titles] of Object.entries(owed)) {
        const answer = await whole(server, 'erp_ageing', { direction, response_format: 'detailed' });
        const expected = (rows) =>
          Object.fromEntries([
            ['open', money(sum(rows, 'open'))], ['overdue', money(sum(rows.filter((row) => late(row) > 0), 'open'))],
            ...Object.entries(ages).map(([age, [from, to]]) => [age, money(sum(rows.filter((row) => late(row) >= from && late(row) <= to), 'open'))]),
          ]);
        assert.deepEqual(answer.summary, expected(titles));
        const of = Map.groupBy(titles, ({ partner }) => `${partner.name} ${partner.tax_id}`);
        assert.equal(answer.total, new Set(titles.map(({ partner }) => partner)).size);
        for (const item of answer.items) {
          const rows = of.get(`${item.partner} ${item.tax_id}`) ?? titles.filter(({ partner }) => partner.name === item.partner);
          const { open, overdue, oldest_due_on } = item;
          assert.deepEqual(Object.fromEntries(Object.keys(expected([])).map((key) => [key, item[key]])), expected(rows), item.partner);
          assert.equal(oldest_due_on, rows.map(({ due_on }) => due_on).sort()[0]);
          assert.ok(open && overdue);
        }
        const concise = await facts(server, 'erp_ageing', { direction });
        assert.deepEqual(concise.summary, answer.summary);
        assert.ok(JSON.stringify(concise.items[0]).length < JSON.stringify(answer.items[0]).length);
      }
    });

    test('revenue by month, customer and product is that of the invoiced orders', async () => {
      const invoiced = books.orders.filter(({ status }) => status === 'invoiced');
      const days = invoiced.map(({ ordered_on }) => ordered_on).sort();
      const [from, to] = [days[Math.floor(days.length / 4)], days[Math.floor((days.length * 3) / 4)]];
      const orders = invoiced.filter(({ ordered_on: on }) => on >= from && on <= to);
      assert.ok(orders.length > 2);
      const revenue = (group_by) => whole(server, 'erp_sales', { group_by, from, to });
      const [months, customers, products] = [await revenue('month'), await revenue('customer'), await revenue('product')];
      const lines = orders.flatMap(({ lines }) => lines);
      for (const { summary } of [months, customers, products]) {
        assert.deepEqual([summary.amount, summary.orders, summary.from, summary.to], [money(sum(orders, 'total_cents')), orders.length, from, to]);
      }
      const listed = await facts(server, 'erp_orders', { status: 'invoiced', from, to, limit: 1 });
      assert.equal(listed.summary.amount, months.summary.amount);
      const byMonth = grouped(orders, ({ ordered_on }) => ordered_on.slice(0, 7), 'total_cents').sort(([a], [b]) => (a < b ? 1 : -1));
      assert.deepEqual(months.items.map(({ month, amount }) => [month, amount]), byMonth.map(([month, cents]) => [month, money(cents)]));
      assert.deepEqual(customers.items.map(({ amount }) => amount), largestFirst(grouped(orders, ({ partner }) => partner, 'total_cents')));
      assert.ok(orders.some(({ partner }) => partner.name === customers.items[0].customer));
      const byProduct = new Map(grouped(lines, ({ code }) => code, 'total_cents'));
      assert.deepEqual(products.items.map(({ amount }) => amount), largestFirst([...byProduct]));
      for (const { product, amount } of products.items) assert.equal(amount, money(byProduct.get(product)), product);
      assert.equal(products.summary.not_itemised ?? '0.00', money(sum(orders, 'total_cents') - sum(lines, 'total_cents')));
      const { partner } = orders[0];
      const words = partner.tax_id || partner.name;
      const of = await facts(server, 'erp_sales', { partner: words, from, to });
      assert.equal(of.summary.amount, money(sum(orders.filter((order) => names(words, order.partner)), 'total_cents')));
    });

    test('slow stock is what lies there unsold, with its worth', async () => {
      for (const no_sale_days of [1, 30, 90]) {
        const sold = new Set(
          books.orders.filter(({ status, ordered_on: on }) => ['open', 'invoiced'].includes(status) && on > inDays(-no_sale_days)).flatMap(({ lines }) => lines.map(({ code }) => code)),
        );
        const slow = books.products.filter(({ code, stock }) => Number(stock) > 0 && !sold.has(code));
        const answer = await whole(server, 'erp_products', { no_sale_days });
        assert.deepEqual(answer.items.map(({ code }) => code).sort(), slow.map(({ code }) => code).sort());
        const worth = ({ price_cents, stock }) => Math.round(price_cents * Number(stock));
        assert.equal(answer.summary.value, money(slow.reduce((total, product) => total + worth(product), 0)));
      }
    });

    test('what makes no sense is refused with its name', async () => {
      const nonsense = [
        ['erp_cash_flow', { interval: 'year' }, /interval/], ['erp_cash_flow', { periods: 0 }, /periods/], ['erp_sales', { from: '2026-02-30' }, /from.*2026-02-30/],
        ['erp_sales', { from: '2026-05-02', to: '2026-05-01' }, /from.*to/], ['erp_sales', { group_by: 'colour' }, /group_by/],
        ['erp_ageing', { direction: 'up' }, /direction/], ['erp_products', { no_sale_days: 0 }, /no_sale_days/],
      ];
      for (const [tool, args, said] of nonsense) {
        const answer = await result(server, tool, args);
        assert.equal(answer.isError, true, `${tool} ${JSON.stringify(args)}`);
        assert.match(answer.content[0].text, said);
      }
    });
  });
}

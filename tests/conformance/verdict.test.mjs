import assert from 'node:assert/strict';
import { test } from 'node:test';

import { verdict } from './verdict.mjs';

const ok = { failed: [], passed: 2 };
const skipped = { failed: [], passed: 0 };
const failed = { failed: [{ id: 'a' }], passed: 5 };
const judge = (results, more) => verdict(new Map(Object.entries(results)), { required: ['one', 'two'], expected: 2, ...more });

test('a run in which every required scenario passed is good', () => {
  const { problems, summary } = judge({ one: ok, two: ok, more: ok });
  assert.deepEqual(problems, []);
  assert.equal(summary, '2 of 2 required scenarios passed, 1 of 1 others');
});

test('a run in which nothing ran is not good', () => {
  assert.deepEqual(judge({}).problems, ['one did not run', 'two did not run']);
});

test('a required scenario that the suite skipped is named and has not passed', () => {
  const { problems, summary } = judge({ one: ok, two: skipped });
  assert.deepEqual(problems, ['two was skipped']);
  assert.equal(summary, '1 of 2 required scenarios passed, 0 of 0 others; skipped by the suite: two');
});

test('a scenario that is not scored may be skipped, unless the server claims it, and may not fail', () => {
  const { problems, summary } = judge({ one: ok, two: ok, more: skipped });
  assert.deepEqual(problems, []);
  assert.match(summary, /0 of 1 others; skipped by the suite: more$/);
  assert.deepEqual(judge({ one: ok, two: ok, more: skipped }, { claimed: ['more'] }).problems, ['more was skipped']);
  assert.deepEqual(judge({ one: ok, two: ok, more: failed }).problems, ['more failed']);
  assert.deepEqual(judge({ one: ok, two: ok, more: failed }, { claimed: ['more'] }).problems, ['more failed']);
});

test('a suite that requires fewer scenarios than it did is noticed', () => {
  assert.deepEqual(judge({ one: ok, two: ok }, { expected: 3 }).problems, ['the suite requires 2 scenarios, not 3']);
});

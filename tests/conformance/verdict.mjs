// What a run of the suite is worth. A scenario has passed when a check of it succeeded and none failed; one without
// either was skipped, by the suite itself, and counts for nothing.

export const markOf = ({ failed, passed }) => (failed.length ? 'FAIL' : passed ? 'ok' : 'skip');

// results: {scenario: {failed: [checks], passed: count}}; required: the scenarios that a revision scores; claimed: others
// that must pass too. problems is empty when the run is good.
export function verdict(results, { required, expected, claimed = [] }) {
  const marks = new Map([...results].map(([name, result]) => [name, markOf(result)]));
  const count = (names) => names.filter((name) => marks.get(name) === 'ok').length;
  const others = [...marks.keys()].filter((name) => !required.includes(name));
  const problems = [];
  if (required.length !== expected) problems.push(`the suite requires ${required.length} scenarios, not ${expected}`);
  for (const name of [...required, ...claimed]) {
    const mark = marks.get(name);
    if (mark !== 'ok') problems.push(`${name} ${{ FAIL: 'failed', skip: 'was skipped' }[mark] ?? 'did not run'}`);
  }
  for (const name of others) {
    if (marks.get(name) === 'FAIL' && !claimed.includes(name)) problems.push(`${name} failed`);
  }
  const skipped = [...marks.keys()].filter((name) => marks.get(name) === 'skip');
  const said = [`${count(required)} of ${expected} required scenarios passed, ${count(others)} of ${others.length} others`];
  if (skipped.length) said.push(`skipped by the suite: ${skipped.join(', ')}`);
  return { problems, summary: said.join('; ') };
}

// Tasks over processes: a handle outlives the process that gave it, and any process of the state folder knows it.
import assert from 'node:assert/strict';
import { test } from 'node:test';

import { conformance } from './fixtures.mjs';
import { modern, modernHeaders, pipe, post, serve, until, workspace } from './harness.mjs';

const capabilities = { elicitation: {}, extensions: { 'io.modelcontextprotocol/tasks': {} } };
let lastId = 0;
function message(method, params) {
  const out = modern(++lastId, method, params);
  out.params._meta['io.modelcontextprotocol/clientCapabilities'] = capabilities;
  return out;
}
async function ask(server, method, params) {
  const what = message(method, params);
  if (!server.url) return (await server.ask(what)).result;
  const headers = { ...modernHeaders(what), 'mcp-name': params.name ?? params.taskId };
  return (await post(server.url, what, headers)).json.result;
}
const call = (server, name, args = {}) => ask(server, 'tools/call', { name, arguments: args });
const get = (server, taskId) => ask(server, 'tasks/get', { taskId });
async function settled(server, taskId) {
  let task;
  await until(async () => (task = await get(server, taskId)).status !== 'working', 'the task is over');
  return task;
}

test('after kill -9 a task that only reads is done by the next process, and one that waits goes on', async (t) => {
  const { words } = conformance(t);
  const { state } = workspace(t);
  const first = await serve(t, { state, words });
  const computing = await call(first, 'slow_compute', { seconds: 1, label: 'kept' });
  assert.equal(computing.resultType, 'task');
  const asking = await call(first, 'confirm_delete', { filename: 'a.txt' });
  await until(async () => (await get(first, asking.taskId)).status === 'input_required', 'it asks');
  const writing = await call(first, 'multi_input');
  await first.stop('SIGKILL');

  const second = await serve(t, { state, words });
  const done = await settled(second, computing.taskId);
  assert.equal(done.status, 'completed');
  assert.equal(done.result.content[0].text, 'computed "kept"');
  const [key] = Object.keys((await get(second, asking.taskId)).inputRequests);
  await ask(second, 'tasks/update', { taskId: asking.taskId, inputResponses: { [key]: { action: 'accept', content: { confirm: true } } } });
  assert.equal((await settled(second, asking.taskId)).result.content[0].text, 'deleted a.txt');
  assert.ok(['input_required', 'failed'].includes((await get(second, writing.taskId)).status));
});

test('a process sees, and cancels, what another one works on', async (t) => {
  const { words } = conformance(t);
  const { state } = workspace(t);
  const [one, two] = [pipe(t, { state, words }), pipe(t, { state, words })];
  const { taskId } = await call(one, 'slow_compute', { seconds: 60, label: 'long' });
  assert.equal((await get(two, taskId)).status, 'working');
  assert.equal((await ask(two, 'tasks/cancel', { taskId })).resultType, 'complete');
  assert.equal((await get(one, taskId)).status, 'cancelled');
});

test('closing the connection that began a task does not end it', async (t) => {
  const { words } = conformance(t);
  const server = await serve(t, { words });
  const { taskId } = await call(server, 'slow_compute', { seconds: 0.3, label: 'alone' });
  assert.equal((await settled(server, taskId)).status, 'completed');
});

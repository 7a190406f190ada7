// A server that asks for keys, and callers who show one.
import assert from 'node:assert/strict';

import { modern, modernHeaders, post, run, serve, workspace } from './harness.mjs';

export const required = '[auth]\nrequired = true\n';
export const roles = `${required}[role.sales]\ntools = ["erp_orders", "get_system_metrics"]\n[role.finance]\ntools = ["erp_*"]\n`;

// A state folder with keys, and a server on it that wants one.
export function place(t, text = roles) {
  const here = workspace(t);
  here.words = ['--config', here.file('tomada.toml', text)];
  here.keys = (...words) => run(['keys', ...words, '--state', here.state, ...here.words]);
  here.key = (name, ...words) => {
    const made = here.keys('add', '--name', name, ...words);
    assert.equal(made.code, 0, made.stderr);
    return made.stdout.trim();
  };
  here.serve = (options = {}) => serve(t, { state: here.state, words: here.words, ...options });
  return here;
}
export const bearer = (key) => ({ authorization: `Bearer ${key}` });
export const idOf = (key) => key.split('_')[1];
let lastId = 0;
export function ask(server, key, method, params = {}, headers = {}) {
  const message = modern(++lastId, method, params);
  return post(server.url, message, { ...modernHeaders(message), ...(key && bearer(key)), ...headers });
}
export const call = (server, key, name, args = {}) => ask(server, key, 'tools/call', { name, arguments: args });
export const names = async (server, key) => (await ask(server, key, 'tools/list')).json.result.tools.map(({ name }) => name);

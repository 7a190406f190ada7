// The published JSON Schema of a protocol revision as a judge of what a server sends.
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { Ajv } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

import { missing, shared } from './shared.mjs';

const pathOf = (revision) => shared('reference/mcp', revision, 'schema.json');
// Why a test that needs it is skipped, or false.
export const missingSchema = (revision) => missing(pathOf(revision));

// In 2025-11-25 the schema says less than the specification: defaults of forms may be fractions.
function repaired(document) {
  const number = (document.$defs ?? {}).NumberSchema?.properties.default;
  if (number?.type === 'integer') number.type = 'number';
  return document;
}

// Fails on a message that is none of its revision; `method` of the request that it answers, where it is an answer.
export function judge(revision, { formats = true } = {}) {
  const document = repaired(JSON.parse(readFileSync(pathOf(revision), 'utf8')));
  const types = document.$defs ?? document.definitions;
  const home = document.$defs ? '#/$defs/' : '#/definitions/';
  const ajv = document.$defs ? new Ajv2020({ strict: false, validateFormats: formats }) : new Ajv({ strict: false, validateFormats: formats });
  addFormats(ajv);
  ajv.addFormat('uri-template', true);
  ajv.addSchema(document, 'mcp');
  const check = (type, value) => {
    const validate = ajv.getSchema(`mcp${home}${type}`);
    assert.ok(validate, `${revision} has a ${type}`);
    assert.ok(validate(value), `no ${type} of ${revision}: ${ajv.errorsText(validate.errors)}: ${JSON.stringify(value).slice(0, 2000)}`);
  };
  const byMethod = Object.fromEntries(
    Object.entries(types).filter(([, { properties }]) => properties?.method?.const).map(([type, { properties }]) => [properties.method.const, type]),
  );
  const resultOf = (method) => {
    const named = byMethod[method].replace(/Request$/, 'Result');
    return types[named] ? named : 'EmptyResult';
  };
  return {
    knows: (method) => method in byMethod,
    message(message, method) {
      check('JSONRPCMessage', message);
      if (message.method) {
        assert.ok(byMethod[message.method], `${revision} has no ${message.method}`);
        check(byMethod[message.method], message);
        check('id' in message ? 'ServerRequest' : 'ServerNotification', message);
      } else if ('result' in message) {
        check(resultOf(method), message.result);
        if (resultOf(method) === 'EmptyResult') assert.deepEqual(message.result, {}, method);
      } else {
        check(types.JSONRPCErrorResponse ? 'JSONRPCErrorResponse' : 'JSONRPCError', message);
      }
    },
    batch: (messages) => types.JSONRPCBatchResponse && check('JSONRPCBatchResponse', messages),
  };
}

// check.mjs URL TOOL ARGUMENTS [FILE]: one call must give a right answer before anything is measured. Its body goes to FILE.
import { strict as assert } from 'node:assert';
import { writeFileSync } from 'node:fs';

const [url, tool, argumentsText, file] = process.argv.slice(2);
const message = {
  jsonrpc: '2.0',
  id: 1,
  method: 'tools/call',
  params: {
    name: tool,
    arguments: JSON.parse(argumentsText),
    _meta: {
      'io.modelcontextprotocol/protocolVersion': '2026-07-28',
      'io.modelcontextprotocol/clientInfo': { name: 'bench', version: '1.0.0' },
      'io.modelcontextprotocol/clientCapabilities': {},
    },
  },
};
const headers = {
  'content-type': 'application/json',
  accept: 'application/json, text/event-stream',
  'mcp-protocol-version': '2026-07-28',
  'mcp-method': 'tools/call',
  'mcp-name': tool,
};

const expectations = {
  get_system_metrics({ structuredContent: metrics }) {
    assert.ok(metrics.cpu_percent >= 0 && metrics.cpu_percent <= 100, 'cpu_percent is a percentage');
    assert.ok(metrics.memory_percent > 0 && metrics.memory_percent <= 100, 'memory_percent is a percentage');
  },
  erp_receivables({ structuredContent: page }) {
    assert.equal(page.items.length, JSON.parse(argumentsText).limit, 'as many receivables as asked for');
    for (const item of page.items) assert.match(item.amount, /^\d+\.\d\d$/, 'an exact amount');
  },
  echo({ content }) {
    assert.equal(content[0].text, JSON.parse(argumentsText).text, 'the text comes back');
  },
};

let body;
for (let round = 0; round < 3; ++round) {
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(message) });
  body = await response.text();
  assert.equal(response.status, 200, body);
  const answer = JSON.parse(body);
  assert.equal(answer.id, 1);
  assert.equal(answer.result?.resultType, 'complete', body);
  assert.notEqual(answer.result.isError, true, body);
  expectations[tool](answer.result);
}
if (file) writeFileSync(file, body);

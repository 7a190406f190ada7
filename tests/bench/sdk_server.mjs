// The official TypeScript SDK as its own documentation serves it: one trivial tool over HTTP or stdio. Prints its port.
import { createServer } from 'node:http';

import { toNodeHandler } from '@modelcontextprotocol/node';
import { McpServer, createMcpHandler } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import { z } from 'zod';

function makeServer() {
  const server = new McpServer({ name: 'bench', version: '1.0.0' });
  server.registerTool('echo', { description: 'Says it again.', inputSchema: z.object({ text: z.string() }) }, async ({ text }) => ({
    content: [{ type: 'text', text }],
  }));
  return server;
}

if (process.argv[2] === 'stdio') {
  await serveStdio(makeServer);
} else {
  const http = createServer(toNodeHandler(createMcpHandler(makeServer)));
  http.listen(0, '127.0.0.1', () => console.log(http.address().port));
}

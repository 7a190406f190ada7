// A stranger on the way to the ERP: passes each call on, or does with it what a test says.
import { createServer } from 'node:http';

import { atEnd } from './harness.mjs';

// meddle: ({ call, param, pass }) => { status, headers, text } | 'silence' | 'cut'; pass() asks the ERP itself.
export async function meddler(t, erp, meddle) {
  const server = createServer(async (request, response) => {
    let body = '';
    for await (const part of request) body += part;
    const { call, param } = JSON.parse(body);
    const pass = async () => {
      const answer = await fetch(new URL(request.url, erp), { method: request.method, body });
      return { status: answer.status, headers: { 'content-type': answer.headers.get('content-type') }, text: await answer.text() };
    };
    const answer = (await meddle({ call, param: param[0], pass })) ?? (await pass());
    if (answer === 'silence') return;
    if (answer === 'cut') return void response.destroy();
    response.writeHead(answer.status ?? 200, { 'content-type': 'application/json', ...answer.headers });
    response.end(answer.text);
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  atEnd(t, () => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${server.address().port}`;
}

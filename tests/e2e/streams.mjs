// Event streams as raw HTTP: what came, and when.
import http from 'node:http';

import { atEnd, modern, modernHeaders } from './harness.mjs';

// One request whose answer is a stream: its frames as they come, and its end.
export function stream(t, url, { method = 'POST', body, headers = {} } = {}) {
  const out = { frames: [], times: [], waiting: [] };
  out.ended = new Promise((resolve) => (out.end = resolve));
  out.opened = new Promise((resolve, reject) => {
    const request = http.request(url, { method, headers, agent: false }, (response) => {
      out.status = response.statusCode;
      out.headers = response.headers;
      resolve(out);
      let rest = '';
      response.setEncoding('utf8').on('data', (text) => {
        const events = (rest + text).split('\n\n');
        rest = events.pop();
        events.forEach((event) => take(out, event));
      });
      response.on('end', () => out.end('ended'));
      response.on('close', () => out.end('closed'));
      response.on('error', () => out.end('broken'));
    });
    request.on('error', (error) => {
      out.end('broken');
      reject(error);
    });
    out.close = () => request.destroy();
    request.end(body && JSON.stringify(body));
  });
  atEnd(t, () => out.close());
  return out;
}

function take(out, event) {
  const lines = event.split('\n');
  const data = lines.filter((line) => line.startsWith('data:')).map((line) => line.slice(5).trim()).join('');
  out.lastId = lines.find((line) => line.startsWith('id:'))?.slice(3).trim() ?? out.lastId;
  if (!data) return;
  if (lines.includes('event: endpoint')) return void (out.endpoint = data);
  out.frames.push(JSON.parse(data));
  out.times.push(performance.now());
  out.waiting.splice(0).forEach((wake) => wake());
}

// The frame at a place in the stream, when it is there.
export async function frame(out, index) {
  while (out.frames.length <= index) await new Promise((resolve) => out.waiting.push(resolve));
  return out.frames[index];
}

export function listen(t, url, id, notifications = { toolsListChanged: true }) {
  const body = modern(id, 'subscriptions/listen', { notifications });
  return stream(t, url, { body, headers: modernHeaders(body) });
}

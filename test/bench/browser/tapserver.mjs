/**
 * A TAP service on loopback that answers synchronous queries for rows with one document:
 * `node tapserver.mjs FILE PORT`. `/<MB per second>/tap/sync` paces it; 0 does not. What
 * the page asks after a search (counts, columns) is refused: rows of the document are no
 * answer to it, and would keep the gateway from the next search.
 */
import { createReadStream } from 'node:fs';
import { createServer } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { text } from 'node:stream/consumers';
import { setTimeout as pause } from 'node:timers/promises';

const MB = 1024 * 1024;
const CHUNK_BYTES = 256 * 1024;

/** Hand chunks on no earlier than a line of so many bytes a second would. */
function paced(rate) {
  return async function* (chunks) {
    const start = performance.now();
    let sent = 0;
    for await (const chunk of chunks) {
      yield chunk;
      sent += chunk.length;
      const ahead = rate > 0 ? start + (sent / rate) * 1000 - performance.now() : 0;
      if (ahead > 1) {
        await pause(ahead);
      }
    }
  };
}

const [file, port] = process.argv.slice(2);
createServer(async (request, response) => {
  const asked = new URLSearchParams(await text(request));
  const rate = /^\/(\d+)\/tap\/sync/.exec(request.url)?.[1];
  if (rate === undefined) {
    response.writeHead(404).end();
    return;
  }
  if (/COUNT\(|TAP_SCHEMA/.test(asked.get('QUERY') ?? '')) {
    response
      .writeHead(400, { 'Content-Type': 'text/plain' })
      .end('Only rows are sent.');
    return;
  }
  response.writeHead(200, { 'Content-Type': 'application/x-votable+xml' });
  const chunks = createReadStream(file, { highWaterMark: CHUNK_BYTES });
  // A client that leaves is no error of ours.
  await pipeline(chunks, paced(Number(rate) * MB), response).catch(() => undefined);
}).listen(Number(port), '127.0.0.1');

/**
 * How long the links of 1,000 rows take in batches, against one request after the other, at
 * the sandbox with 50 ms of latency for each request.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';

import { createIvoaArchive } from '../../lib/archives/index.js';
import { streamVOTable, TapService } from '../../lib/protocol/index.js';
import { BrowserTransport } from '../../lib/transport/browser.js';
import { PYTHON } from './files.mjs';
import { median, record } from './report.mjs';

const ROWS = 1000;
const LATENCY_MS = 50;
const IDS = `SELECT obs_publisher_did FROM ivoa.ObsCore WHERE access_url IS NOT NULL`;

/** Sends as the page does without a gateway, each request a latency later. */
class DistantTransport {
  _near = new BrowserTransport();

  async request(archive, request) {
    await new Promise(resolve => setTimeout(resolve, LATENCY_MS));
    return this._near.request(archive, request);
  }
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/** Start the sandbox; answers its origin and what ends it. */
async function startSandbox() {
  const port = await freePort();
  const args = ['-m', 'obsdeck.sandbox', '--port', String(port)];
  const child = spawn(PYTHON, args, { stdio: 'ignore' });
  const origin = `http://127.0.0.1:${port}`;
  while (!(await fetch(`${origin}/tap/availability`).catch(() => null))?.ok) {
    if (child.exitCode !== null) {
      throw new Error(`The sandbox ended with ${child.exitCode}.`);
    }
    await new Promise(resolve => setTimeout(resolve, 100));
  }
  return { origin, stop: () => child.kill() };
}

function definition(origin) {
  return {
    id: 'bench',
    name: 'Sandbox',
    kind: 'ivoa',
    description: '',
    services: {
      tap: [{ url: `${origin}/tap`, title: 'Sandbox', tables: ['ivoa.ObsCore'] }],
      datalink: { url: `${origin}/datalink/links` }
    },
    signIn: { kind: 'none' },
    origins: [origin],
    rank: 0,
    origin: 'shipped',
    editable: false
  };
}

async function identifiers(archive) {
  const service = new TapService(
    new BrowserTransport(),
    archive,
    archive.services.tap[0].url
  );
  const ids = [];
  for await (const event of service.query({ adql: IDS, maxrec: ROWS })) {
    if (event.type === 'batch') {
      ids.push(...event.batch.getChildAt(0));
    }
  }
  return ids;
}

/** Read sources; answers seconds, and how many links came. */
async function timed(links, parts) {
  const begin = performance.now();
  let count = 0;
  for (const sources of parts) {
    for await (const { answer } of links.read(sources, new AbortController().signal)) {
      if (answer instanceof Error) {
        throw answer;
      }
      count += answer.links.length;
    }
  }
  return { seconds: (performance.now() - begin) / 1000, count };
}

/** Measure, the two ways in turn. */
export async function measureLinks(runs) {
  const sandbox = await startSandbox();
  try {
    const archive = definition(sandbox.origin);
    const ids = await identifiers(archive);
    const means = { transport: new DistantTransport(), readVOTable: streamVOTable };
    const [together, apart] = [[], []];
    for (let run = 0; run < runs; run++) {
      const { links } = createIvoaArchive(archive, means);
      const sources = ids.map(id => links.sourceOfId(id));
      const batches = await timed(links, [sources]);
      const single = await timed(
        links,
        sources.map(source => [source])
      );
      if (batches.count !== single.count) {
        throw new Error(`${batches.count} links in batches, ${single.count} singly.`);
      }
      together.push(batches.seconds);
      apart.push(single.seconds);
    }
    const [seconds, singly] = [median(together), median(apart)];
    record({
      bench: 'links',
      rows: ids.length,
      seconds,
      one_by_one_seconds: singly,
      ratio: seconds / singly
    });
  } finally {
    sandbox.stop();
  }
}

/**
 * Our TAP client in plain Node: asks a service and prints its answer as JSON, for comparison
 * with other clients. Cells as `plain.mjs` writes them.
 *
 *     node test/support/tapclient.mjs URL MAXREC < query.adql
 */
import { readFileSync } from 'node:fs';

import { TapService } from '../../lib/protocol/index.js';
import { BrowserTransport } from '../../lib/transport/browser.js';
import { plain } from './plain.mjs';

const [url, maxrec] = process.argv.slice(2);
const service = new TapService(
  new BrowserTransport(),
  { id: 'test', name: 'Test' },
  url
);
const answer = { fields: [], rows: [], status: '', message: '' };
const query = { adql: readFileSync(0, 'utf8'), maxrec: Number(maxrec) };

for await (const event of service.query(query)) {
  if (event.type === 'head' && answer.fields.length === 0) {
    answer.fields = event.head.fields;
  } else if (event.type === 'batch' && event.table === 0) {
    const { batch } = event;
    const columns = batch.schema.fields.map((_, index) => batch.getChildAt(index));
    for (let row = 0; row < batch.numRows; row++) {
      answer.rows.push(columns.map(column => plain(column.get(row))));
    }
  } else if (event.type === 'end') {
    Object.assign(answer, { status: event.status, message: event.message });
  }
}
process.stdout.write(JSON.stringify(answer));

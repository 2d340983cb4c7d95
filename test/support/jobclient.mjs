/**
 * Our jobs in plain Node: runs a query as a job at a service and prints what happened as
 * JSON: the phases, the milliseconds between questions, the settings that held, the rows, and
 * whether it is gone at the end.
 *
 *     node test/support/jobclient.mjs URL MAXREC [stop] < query.adql
 *
 * `stop` stops the job as soon as it runs. A table `TAP_UPLOAD.numbers` with one column `n`
 * (1, 2, 3) goes along with queries that name it.
 */
import { readFileSync } from 'node:fs';

import { followJob, JobPoller, TapJobs } from '../../lib/protocol/index.js';
import { BrowserTransport } from '../../lib/transport/browser.js';
import { plain } from './plain.mjs';

const NUMBERS = `<VOTABLE version="1.3" xmlns="http://www.ivoa.net/xml/VOTable/v1.3">
<RESOURCE><TABLE><FIELD name="n" datatype="int"/><DATA><TABLEDATA>
<TR><TD>1</TD></TR><TR><TD>2</TD></TR><TR><TD>3</TD></TR>
</TABLEDATA></DATA></TABLE></RESOURCE></VOTABLE>`;

const clock = {
  now: () => performance.now(),
  sleep: milliseconds => new Promise(resolve => setTimeout(resolve, milliseconds))
};

const [url, maxrec, stop] = process.argv.slice(2);
const adql = readFileSync(0, 'utf8');
const transport = new BrowserTransport();
const asked = [];
const heard = {
  request: (archive, request) => {
    asked.push(clock.now());
    return transport.request(archive, request);
  }
};
const jobs = new TapJobs(heard, { id: 'test', name: 'Test' }, url, { clock });
const uploads = /TAP_UPLOAD/i.test(adql) ? [{ name: 'numbers', votable: NUMBERS }] : [];
const query = { adql, maxrec: Number(maxrec), runid: 'obsdeck test', uploads };

const made = await jobs.start(query, { executionDuration: 100, keep: 3 * 86_400 });
const told = { ...made.job };
const phases = [told.phase];
const listed = await jobs.uws
  .list(jobs.listUrl)
  .then(list => list.some(entry => entry.url === made.url))
  .catch(error => String(error));
const source = {
  status: wait => jobs.uws.status(made.url, {}, wait),
  run: () => jobs.uws.run(made.url)
};
let last = stop ? await jobs.uws.abort(made.url) : made.job;
const poller = new JobPoller(source, clock, last, { runHeld: true });
const polled = asked.length;
for await (last of followJob(poller, clock)) {
  phases.push(last.phase);
}
const times = asked.slice(polled);
const gaps = times.slice(1).map((time, at) => time - times[at]);
const rows = [];
if (last.phase === 'COMPLETED') {
  for await (const event of jobs.result(made.url, Number(maxrec))) {
    if (event.type === 'batch' && event.table === 0) {
      const columns = event.batch.schema.fields.map((_, at) =>
        event.batch.getChildAt(at)
      );
      for (let row = 0; row < event.batch.numRows; row++) {
        rows.push(columns.map(column => plain(column.get(row))));
      }
    }
  }
}
await jobs.uws.remove(made.url);
const gone = await jobs.uws.status(made.url).then(
  () => 'still there',
  error => error.kind
);
process.stdout.write(
  JSON.stringify({
    url: made.url,
    executionDuration: told.executionDuration,
    kept: (told.destruction - told.created) / 86_400_000,
    canWait: told.canWait,
    listed,
    phases: [...phases, ...(phases.at(-1) === last.phase ? [] : [last.phase])],
    error: last.error?.message ?? null,
    gaps,
    rows,
    gone
  })
);

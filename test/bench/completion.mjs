/**
 * How long the completion list of the ADQL editor takes to make, in a schema of 2,000 columns:
 * one table of 1,000 and 50 of 20 each, in a query that reads two of them.
 */
import { complete, SchemaNames } from '../../lib/protocol/index.js';

import { median, record } from './report.mjs';

const COLUMNS = 2000;
const RUNS = 5;

function column(name) {
  return {
    name,
    datatype: 'double',
    arraysize: null,
    unit: 'mag',
    ucd: 'phot.mag;em.opt',
    utype: null,
    xtype: null,
    description: `Magnitude in band ${name}.`,
    indexed: false,
    principal: false,
    std: false
  };
}

function table(name, count) {
  const columns = Array.from({ length: count }, (_, index) =>
    column(`${['mag', 'flux', 'err', 'size'][index % 4]}_${index}`)
  );
  return { name, title: null, description: null, utype: null, rows: null, columns };
}

function schema() {
  const small = Array.from({ length: 50 }, (_, index) => table(`wide.t${index}`, 20));
  const tables = [table('wide.big', COLUMNS / 2), ...small];
  return { schemas: [{ name: 'wide', title: null, description: null, tables }] };
}

/** Times of each key press while a name is typed, ms; the first also reads the schema. */
function typing(typed) {
  const context = { names: new SchemaNames(schema()), uploads: [], capability: null };
  const before = 'SELECT b.obs_id, ';
  const after = '\nFROM wide.big AS b JOIN wide.t7 AS t ON b.mag_0 = t.mag_0';
  return Array.from(typed, (_, index) => {
    const begun = `${before}${typed.slice(0, index + 1)}`;
    const start = performance.now();
    const found = complete(begun + after, begun.length, context);
    if (found === null || found.items.length === 0) {
      throw new Error(`Nothing is offered behind “${begun}”.`);
    }
    return performance.now() - start;
  });
}

/** Measure, in this process, whose code is cold at first as in a page. */
export function measureCompletion() {
  const [first, ...later] = Array.from({ length: RUNS }, () => typing('b.flux_1'));
  record({
    bench: 'completion',
    columns: COLUMNS,
    first_ms: first[0],
    median_ms: median(later.flat()),
    most_ms: Math.max(...first, ...later.flat())
  });
}

/** A real service's answer, recorded once and replayed: 200,000 rows of TABLEDATA. */
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

import { FOLDER } from './files.mjs';

/** Where the recorded answer is kept. */
export const RECORDING = join(FOLDER, 'dachs-bulk.xml');

/** Rows it has. */
export const RECORDED_ROWS = 200_000;

const SERVICE = process.env.OBSDECK_DACHS ?? 'http://127.0.0.1:8080';

const QUERY = {
  LANG: 'ADQL',
  REQUEST: 'doQuery',
  FORMAT: 'votable/td',
  MAXREC: String(2 * RECORDED_ROWS),
  QUERY: 'SELECT * FROM obsdeck_bulk.obs'
};

/**
 * Record the answer of DaCHS, where an earlier run has left none.
 *
 * @returns false where there is neither a recording nor a DaCHS
 */
export function recordAnswer() {
  if (existsSync(RECORDING)) {
    return true;
  }
  const partial = `${RECORDING}.part`;
  const fields = Object.entries(QUERY).flatMap(([name, value]) => [
    '--data-urlencode',
    `${name}=${value}`
  ]);
  mkdirSync(FOLDER, { recursive: true });
  try {
    console.error(`Recording ${RECORDED_ROWS} rows of ${SERVICE} …`);
    execFileSync('curl', ['-sSf', '-o', partial, ...fields, `${SERVICE}/tap/sync`]);
  } catch {
    rmSync(partial, { force: true });
    return false;
  }
  renameSync(partial, RECORDING);
  return true;
}

/**
 * What curl takes for a synchronous query, seconds: to the first byte, and to the last.
 *
 * @param service - base URL of a TAP service
 */
export function curl(service) {
  const format = '%{time_starttransfer} %{time_total}';
  const written = execFileSync(
    'curl',
    ['-sSf', '-o', '/dev/null', '-w', format, '-d', 'QUERY=x', `${service}/sync`],
    { encoding: 'utf8' }
  );
  const [first, total] = written.split(' ').map(Number);
  return { first, total };
}

/** The benchmark's documents: made once and kept. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const GENERATOR = fileURLToPath(new URL('generate.py', import.meta.url));

/** The repository. */
export const ROOT = fileURLToPath(new URL('../..', import.meta.url));

/** Documents and tables of figures; not below test-results, which `make test` empties. */
export const FOLDER = join(ROOT, '.bench');

/** The Python that has astropy. */
export const PYTHON = join(ROOT, '.venv/bin/python');

/** How rows are written in a VOTable. */
export const SERIALIZATIONS = ['tabledata', 'binary', 'binary2'];

/** Path of the document of so many rows in one serialization. */
export function fileOf(name, rows) {
  return join(FOLDER, `${name}-${rows}.xml`);
}

/** Make the documents of one size where an earlier run has left none. */
export function generate(rows) {
  if (!SERIALIZATIONS.every(name => existsSync(fileOf(name, rows)))) {
    console.error(`Generating ${rows} rows in ${SERIALIZATIONS.length} files …`);
    execFileSync(PYTHON, [GENERATOR, FOLDER, String(rows)], { stdio: 'inherit' });
  }
}

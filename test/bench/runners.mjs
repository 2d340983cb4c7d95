/**
 * What is compared. A reader runs in a process of its own, takes the path of a VOTable and
 * gives `{seconds, cpu_s, rows, peak_mb, …}`.
 */
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

import { PYTHON } from './files.mjs';

const here = name => fileURLToPath(new URL(name, import.meta.url));

/** Run a script of this folder, which prints one JSON value. */
function json(command, script, ...args) {
  const options = { encoding: 'utf8' };
  return JSON.parse(execFileSync(command, [here(script), ...args], options));
}

/** Obsdeck's reader; beside the common figures those of its memory and first batch. */
export function readOurs(file) {
  return json(process.execPath, 'read_ours.mjs', file);
}

/** `astropy.io.votable.parse`, without Python's start and imports. */
export function readAstropy(file) {
  return json(PYTHON, 'read_astropy.py', file);
}

/**
 * STIL, by the command line, with the start of Java.
 *
 * @returns null where stilts is not installed
 */
export function readStilts(file) {
  return json(PYTHON, 'read_stilts.py', file);
}

/** When the first rows of a document come that arrives slowly; one figure for each pace. */
export function readSlowly(file) {
  return json(process.execPath, 'read_slowly.mjs', file);
}

/**
 * The download queue beside aria2c, and the gateway beside curl, from a source of 125 MB/s and
 * from one as fast as it can be; a figure for each that could be measured.
 */
export function measureServerHalf(runs) {
  const options = { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] };
  return ['downloads.py', 'gateway.py']
    .flatMap(script =>
      execFileSync(PYTHON, [here(script), '--runs', runs], options).split('\n')
    )
    .filter(line => line !== '')
    .map(line => JSON.parse(line));
}

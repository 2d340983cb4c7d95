/**
 * The readers that are compared. Each runs in a process of its own, takes the path of a
 * VOTable and gives `{seconds, cpu_s, rows, peak_mb, …}`.
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

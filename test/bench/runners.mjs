/**
 * The readers that are compared. Each runs in a process of its own, takes the path of a
 * VOTable and gives `{seconds, rows, …}`; `cpu_s` and `peak_mb` where they can be had.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const here = name => fileURLToPath(new URL(name, import.meta.url));

/** The Python that has astropy. */
export const PYTHON = here('../../.venv/bin/python');

function json(command, ...args) {
  return JSON.parse(execFileSync(command, args, { encoding: 'utf8' }));
}

/** Obsdeck's reader; beside the common figures those of its memory and first batch. */
export function readOurs(file) {
  return json(process.execPath, here('read_ours.mjs'), file);
}

/** `astropy.io.votable.parse`, without Python's start and imports. */
export function readAstropy(file) {
  return json(PYTHON, here('read_astropy.py'), file);
}

/**
 * STIL, by the command line. The start of Java counts, as nothing tells it apart.
 *
 * @returns null where stilts is not installed
 */
export function readStilts(file) {
  const start = performance.now();
  const args = ['tpipe', `in=${file}`, 'ifmt=votable', 'omode=count'];
  const { error, status, stdout, stderr } = spawnSync('stilts', args, {
    encoding: 'utf8'
  });
  if (error?.code === 'ENOENT') {
    return null;
  }
  if (status !== 0) {
    throw new Error(`stilts cannot read ${file}: ${stderr}`);
  }
  const rows = Number(/rows:\s*(\d+)/.exec(stdout)?.[1]);
  return { seconds: (performance.now() - start) / 1000, rows };
}

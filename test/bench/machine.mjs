/** On what was measured: figures mean little without it. */
import { execFileSync } from 'node:child_process';
import { cpus, loadavg, totalmem } from 'node:os';

import { PYTHON } from './files.mjs';

const VERSIONS =
  'import astropy, platform; print(platform.python_version(), astropy.__version__)';

/** Machine, versions, and how busy it was when measuring began. */
export function machine() {
  const [python, astropy] = execFileSync(PYTHON, ['-c', VERSIONS], { encoding: 'utf8' })
    .trim()
    .split(' ');
  return {
    bench: 'machine',
    cpu: cpus()[0]?.model ?? 'unknown',
    cores: cpus().length,
    memory_gb: totalmem() / 1024 ** 3,
    load: loadavg()[0],
    node: process.versions.node,
    python,
    astropy
  };
}

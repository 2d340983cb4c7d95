import { PathExt } from '@jupyterlab/coreutils';

import { pythonString } from '../protocol/python.js';
import type { IResultCell } from './cellsources.js';

/**
 * A cell with the paths of files on disk.
 *
 * @param paths - in the Jupyter root
 * @param folder - where the kernel runs, in the Jupyter root
 */
export function pathsCell(paths: readonly string[], folder: string): IResultCell {
  const [first, ...others] = paths.map(path =>
    pythonString(PathExt.relative(`/${folder}`, `/${path}`))
  );
  const source =
    others.length === 0
      ? `path = ${first}`
      : `paths = [\n${[first, ...others].map(path => `    ${path},\n`).join('')}]`;
  return { source, type: 'code' };
}

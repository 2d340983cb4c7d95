import { PathExt } from '@jupyterlab/coreutils';

import { filesCell } from '../../protocol/cells/files.js';
import type { IResultCell } from '../notebook/cellsources.js';

/**
 * A cell with the paths of files on disk.
 *
 * @param paths - in the Jupyter root, at least one
 * @param folder - where the kernel runs, in the Jupyter root
 * @param archiveName - whose files they are
 */
export function pathsCell(
  paths: readonly string[],
  folder: string,
  archiveName: string
): IResultCell {
  const date = new Date().toISOString().slice(0, 10);
  const relative = paths.map(path => PathExt.relative(`/${folder}`, `/${path}`));
  return { source: filesCell({ archiveName, date }, relative), type: 'code' };
}

import { heading } from '../cells.js';
import { pythonString } from '../python.js';
import type { ICellOrigin } from './source.js';

/**
 * Python with the paths of files, and the first look at them.
 *
 * @param paths - as the notebook reaches them; never empty
 */
export function filesCell(
  origin: Pick<ICellOrigin, 'archiveName' | 'date'>,
  paths: readonly string[]
): string {
  const list = paths.map(path => `    ${pythonString(path)},`);
  const isFits = paths.every(path => /\.fits?(\.(gz|fz|z|bz2))?$/i.test(path));
  const [only] = paths;
  const names =
    paths.length === 1 ? [`path = ${pythonString(only)}`] : ['paths = [', ...list, ']'];
  return [
    heading(origin),
    ...(isFits ? ['from astropy.io import fits', ''] : []),
    ...names,
    ...(isFits ? openLines(paths.length) : [])
  ].join('\n');
}

/** The files are closed again: many at once would use up what the system allows. */
function openLines(count: number): readonly string[] {
  return count === 1
    ? ['hdus = fits.open(path)', 'hdus.info()']
    : [
        'for path in paths:',
        '    with fits.open(path) as hdus:',
        '        hdus.info()'
      ];
}

import { heading } from '../../protocol/cells.js';
import { pythonString } from '../../protocol/python.js';
import type { IRowCode } from '../archive.js';
import type { RowCell } from '../links.js';

/** Columns of Rubin's ObsCore that are dimensions of the Butler, and what it calls them. */
const DIMENSIONS: readonly (readonly [column: string, dimension: string])[] = [
  ['lsst_tract', 'tract'],
  ['lsst_patch', 'patch'],
  ['lsst_band', 'band'],
  ['lsst_visit', 'visit'],
  ['lsst_detector', 'detector']
];

/** Collections of the data releases, by the label of their repository. */
const COLLECTIONS: Readonly<Record<string, string>> = {
  dp1: 'LSSTComCam/DP1',
  dp02: '2.2i/runs/DP0.2'
};

/**
 * Python that gets the image of a row from the Butler by what it is: tract and patch, or visit
 * and detector. It runs where Rubin's own software is.
 */
export const butlerCode: IRowCode = {
  id: 'butler',
  tool: 'Butler',
  cell: (row, origin) => {
    const repository = repositoryOf(text(row('obs_publisher_did')) ?? '');
    const type = text(row('dataproduct_subtype'))?.replace(/^lsst\./, '') ?? null;
    const dimensions = dimensionsOf(row, type);
    if (repository === null || type === null || dimensions.length === 0) {
      return null;
    }
    const collections = COLLECTIONS[repository];
    const where =
      collections === undefined ? '' : `, collections=${pythonString(collections)}`;
    const id = dimensions.map(([name, value]) => `    ${name}=${value},`);
    return [
      heading(origin),
      'from lsst.daf.butler import Butler',
      '',
      `butler = Butler(${pythonString(repository)}${where})`,
      'image = butler.get(',
      `    ${pythonString(type)},`,
      ...id,
      ')',
      'image'
    ].join('\n');
  }
};

/** Integers keep all their digits; a raw image is an exposure, not a visit. */
function dimensionsOf(
  row: RowCell,
  type: string | null
): readonly (readonly [name: string, value: string])[] {
  const isCoadd = row('lsst_tract') !== null;
  return DIMENSIONS.flatMap(([column, dimension]) => {
    const cell = row(column);
    const isImplied = dimension === 'band' && !isCoadd;
    if (cell === null || isImplied) {
      return [];
    }
    const name = dimension === 'visit' && type === 'raw' ? 'exposure' : dimension;
    const value = /^\d+$/.test(String(cell))
      ? String(cell)
      : pythonString(String(cell));
    return [[name, value] as const];
  });
}

/** `butler://dp02/…` or, newer, `ivo://…?repo=dp1&id=…`. */
function repositoryOf(did: string): string | null {
  const old = /^butler:\/\/([\w.-]+)\//.exec(did)?.[1];
  return old ?? new URLSearchParams(did.split('?').slice(1).join('?')).get('repo');
}

function text(cell: ReturnType<RowCell>): string | null {
  const trimmed = cell === null ? '' : String(cell).trim();
  return trimmed === '' ? null : trimmed;
}

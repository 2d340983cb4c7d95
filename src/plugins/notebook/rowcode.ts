import type { TranslationBundle } from '@jupyterlab/translation';

import type { IArchive } from '../../archives/archive.js';
import type { LinkSource, RowCell } from '../../archives/links.js';
import { cellsOf } from '../../model/rowcells.js';
import { linksCell, type ICellOrigin } from '../../protocol/cells/index.js';
import { appendQuery } from '../../protocol/datalink/index.js';
import type { ICellFlavour, IChosen } from './cellsources.js';

/** Flavour of the cell that reads the links of a row. */
const LINKS = 'links';

/** The ways to write the chosen row down as code; empty where none is chosen. */
export function rowFlavours(
  trans: TranslationBundle,
  chosen: IChosen,
  archive: IArchive
): readonly ICellFlavour[] {
  const row = chosenRow(chosen);
  if (row === null) {
    return [];
  }
  const own = (archive.rowCode ?? []).filter(code => code.cell(row, NOBODY) !== null);
  return [
    ...(linksUrl(archive, row) === null
      ? []
      : [{ id: LINKS, label: trans.__('Links of the row (PyVO)') }]),
    ...own.map(({ id, tool }) => ({ id, label: trans.__('Row (%1)', tool) }))
  ];
}

/** The chosen row as code; null where the flavour is none of a row. */
export function rowSource(
  chosen: IChosen,
  archive: IArchive,
  origin: ICellOrigin,
  flavour: unknown
): string | null {
  const row = chosenRow(chosen);
  if (row === null) {
    return null;
  }
  if (flavour === LINKS) {
    const url = linksUrl(archive, row);
    return url === null ? null : linksCell({ ...origin, linksUrl: url });
  }
  const code = archive.rowCode?.find(({ id }) => id === flavour);
  return code?.cell(row, origin) ?? null;
}

/** Asked whether there is code at all, nobody reads it. */
const NOBODY: ICellOrigin = { archiveName: '', date: '' };

/** The first one: code for many rows is that of their query. */
function chosenRow({ query, selectedRows }: IChosen): RowCell | null {
  const store = query?.result.rows;
  const [first] = selectedRows;
  return store && first !== undefined ? cellsOf(store, first) : null;
}

/** Address of the row's links; null where it has none, or is a file itself. */
function linksUrl(archive: IArchive, row: RowCell): string | null {
  const source = archive.links?.sourceOf(row) ?? null;
  return source === null || source.kind === 'file' ? null : addressOf(source);
}

function addressOf({ kind, url, id }: LinkSource): string {
  return kind === 'service' ? appendQuery(url, [['ID', id]]) : url;
}

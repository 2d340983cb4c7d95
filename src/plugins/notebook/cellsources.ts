import type { TranslationBundle } from '@jupyterlab/translation';

import type { IArchive, ISearchTable } from '../../archives/archive.js';
import type { QueryModel } from '../../model/query.js';
import type { IProvenance } from '../../model/reading.js';
import {
  adqlCell,
  astroqueryCell,
  curlCell,
  type IAstroquery,
  type ICellPart,
  type ICellQuery,
  pyvoCell
} from '../../protocol/cells.js';
import { methodNote } from '../../protocol/methodnote.js';
import { ROWS_CELL_LIMIT, rowsCell } from '../../protocol/rowscell.js';
import { rowFlavours, rowSource } from './rowcode.js';

/** A way to write a result down in a notebook. */
export interface ICellFlavour {
  readonly id: string;
  readonly label: string;
}

/** A cell as it is inserted. */
export interface IResultCell {
  readonly source: string;
  readonly type: 'code' | 'markdown';
}

/** What a cell is written of: the tab used last, and the rows chosen in it. */
export interface IChosen {
  readonly query: QueryModel | null;
  /** Rows of the store. */
  readonly selectedRows: readonly number[];
}

/** The flavours of queries in the order of the menu, the one most people want first. */
export function cellFlavours(trans: TranslationBundle): ICellFlavour[] {
  return [
    { id: 'pyvo', label: trans.__('Python (PyVO)') },
    { id: 'astroquery', label: trans.__('Python (astroquery)') },
    { id: 'adql', label: trans.__('ADQL') },
    { id: 'curl', label: trans.__('curl') },
    { id: 'rows', label: trans.__('Selected rows as table') },
    { id: 'note', label: trans.__('Method note') }
  ];
}

/** The flavours that a tab's query and rows can be written in. */
export function possibleFlavours(
  trans: TranslationBundle,
  chosen: IChosen
): ICellFlavour[] {
  const asked = askedOf(chosen.query);
  const isAbsent: Readonly<Record<string, boolean>> = {
    astroquery: !asked || asked.as === 'me' || !astroqueryOf(asked),
    rows: !chosen.query?.result.rows
  };
  const usual = cellFlavours(trans).filter(({ id }) => !isAbsent[id]);
  return asked ? [...usual, ...rowFlavours(trans, chosen, asked.archive)] : usual;
}

/**
 * The cell for a tab: what the rows shown answer, or the query as it stands where there
 * are no rows yet. Null where there is neither.
 *
 * @throws Error with what to do, where the rows are too many for a cell or none
 */
export function resultCell(
  trans: TranslationBundle,
  chosen: IChosen,
  flavour: unknown
): IResultCell | null {
  const { query: model } = chosen;
  const asked = askedOf(model);
  if (!model || !asked) {
    return null;
  }
  const code = (source: string): IResultCell => ({ source, type: 'code' });
  const query = cellQuery(asked);
  const module = astroqueryOf(asked);
  const ofRow = rowSource(chosen, asked.archive, query, flavour);
  if (ofRow !== null) {
    return code(ofRow);
  }
  switch (flavour) {
    case 'astroquery':
      return code(module ? astroqueryCell(query, module) : pyvoCell(query));
    case 'adql':
      return code(adqlCell(query));
    case 'curl':
      return code(curlCell(query));
    case 'rows':
      return code(chosenRows(trans, chosen, query));
    case 'note':
      return { source: noteOf(model, asked, chosen), type: 'markdown' };
    default:
      return code(pyvoCell(query));
  }
}

/** What was asked, or would be. */
type Asked = Pick<IProvenance, 'archive' | 'table' | 'query' | 'as' | 'slices'> & {
  readonly startedAt?: number;
};

function askedOf(model: QueryModel | null): Asked | null {
  const current = model?.current;
  return (
    model?.result.provenance ?? (current ? { ...current, slices: current.more } : null)
  );
}

function cellQuery({ archive, table, query, as, slices }: Asked): ICellQuery {
  return {
    archiveName: archive.definition.name,
    serviceUrl: table.service,
    ...query,
    ...(slices && slices.length > 0 && { more: slices as readonly ICellPart[] }),
    date: new Date().toISOString().slice(0, 10),
    ...(as === 'me' && { asMe: archive.definition.id })
  };
}

function astroqueryOf(asked: {
  archive: IArchive;
  table: ISearchTable;
}): IAstroquery | undefined {
  const { tap = [] } = asked.archive.definition.services;
  const trimmed = (url: string): string => url.replace(/\/+$/, '');
  return tap.find(({ url }) => trimmed(url) === trimmed(asked.table.service))
    ?.astroquery;
}

function chosenRows(
  trans: TranslationBundle,
  { query, selectedRows }: IChosen,
  head: ICellQuery
): string {
  const store = query?.result.rows;
  if (!store || selectedRows.length === 0) {
    throw new Error(trans.__('No rows are selected. Select rows first.'));
  }
  const { fields } = store;
  const tooMany = selectedRows.length > ROWS_CELL_LIMIT.rows;
  const rows = (tooMany ? [] : selectedRows).map(row =>
    fields.map((_, column) => store.value(row, column))
  );
  const cell = tooMany ? null : rowsCell({ ...head, fields, rows });
  if (cell === null) {
    throw new Error(
      trans.__(
        'These rows are too much for a cell, which holds %1 rows at most. Send selection takes more.',
        ROWS_CELL_LIMIT.rows
      )
    );
  }
  return cell;
}

function noteOf(model: QueryModel, asked: Asked, chosen: IChosen): string {
  const { archive, table, query, slices = [], as, startedAt } = asked;
  const { rows, overflow } = model.result;
  return methodNote({
    archiveName: archive.definition.name,
    serviceUrl: table.service,
    table: table.name,
    adql: [query, ...slices].map(({ adql }) => adql),
    asked: startedAt ?? null,
    rows: rows?.rowCount ?? null,
    selected: chosen.selectedRows.length,
    overflow,
    asMe: as === 'me',
    acknowledgement: archive.definition.acknowledgement
  });
}

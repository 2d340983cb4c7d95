import type { TranslationBundle } from '@jupyterlab/translation';

import type { SchemaBrowser } from '../../model/schema/browser.js';
import type { ISchemaRow } from '../../model/schema/tree.js';
import type { IColumnDescription } from '../../protocol/vosi.js';
import { typeWord } from '../query/words.js';
import { formatCount } from '../shared/format.js';

/** A row of the tree in words. */
export interface IRowWords {
  readonly label: string;
  /** Behind it, in the muted colour. */
  readonly detail: string;
}

/** What a row of the tree is called, and what is said behind that. */
export function rowWords(
  { label, thing }: ISchemaRow,
  browser: SchemaBrowser,
  trans: TranslationBundle
): IRowWords {
  switch (thing.kind) {
    case 'schema':
      return {
        label: label || trans.__('Tables without a schema'),
        detail: tablesWord(thing.schema.tables.length, trans)
      };
    case 'table':
      return { label, detail: thing.table.title ?? thing.table.description ?? '' };
    case 'column':
      return { label, detail: columnDetail(thing.column, trans) };
    case 'functions':
      return thing.group === 'geometry'
        ? { label: trans.__('Geometry'), detail: 'POINT, CIRCLE, POLYGON …' }
        : { label: trans.__('Functions of this service'), detail: '' };
    case 'function':
      return { label, detail: thing.own.signature };
    case 'columns':
      return { label: columnsWord(browser.described(thing.table), trans), detail: '' };
  }
}

/** Type, unit, and whether searching by it is fast. */
function columnDetail(column: IColumnDescription, trans: TranslationBundle): string {
  const type = typeWord(typeOf(column), trans);
  return [column.unit ?? type, column.indexed ? trans.__('fast') : '']
    .filter(Boolean)
    .join(', ');
}

/** A column's type in VOTable's words: `char(*)`. */
export function typeOf({ datatype, arraysize }: IColumnDescription): string {
  return datatype === null ? '' : arraysize ? `${datatype}(${arraysize})` : datatype;
}

function tablesWord(count: number, trans: TranslationBundle): string {
  return trans._n('%2 table', '%2 tables', count, formatCount(count));
}

function columnsWord(
  state: ReturnType<SchemaBrowser['described']>,
  trans: TranslationBundle
): string {
  if (state === 'reading') {
    return trans.__('Reading the columns …');
  }
  return state === null
    ? trans.__('The columns are not read yet.')
    : trans.__('The columns could not be read: %1', state.message);
}

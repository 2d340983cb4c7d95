import { CHANGE_ID } from '../../model/changes/rows.js';
import { columnKeys } from '../../model/columnlayout.js';
import { quantityOf } from '../../model/quantities.js';
import { columnKey, type IFormProfile, PLAIN_PROFILE } from '../../protocol/form.js';
import type { IVOTableField } from '../../protocol/votable/types.js';
import type { ColumnKind } from './cells.js';
import { displaysOf, type IDisplay } from './displays.js';

/** A column of the grid. */
export interface IResultColumn {
  /** Its place in the table, counted from 0. */
  readonly index: number;
  /** What it is known by in layouts: its name, or that and a number where names repeat. */
  readonly key: string;
  readonly field: IVOTableField;
  readonly kind: ColumnKind;
  /** How its cells are shown; the first of `displays` unless chosen otherwise. */
  readonly display: IDisplay;
  /** The ways to show its cells, the usual one first. */
  readonly displays: readonly IDisplay[];
  /** Second line of the header: a unit, `UTC` or `text`; empty where there is none. */
  readonly unitLine: string;
  readonly align: 'left' | 'right';
}

/** Columns of ObsCore that say most about a row, in the order a grid shows them. */
const USEFUL = [
  'dataproduct_subtype',
  'dataproduct_type',
  'calib_level',
  'obs_id',
  'target_name',
  's_ra',
  's_dec',
  't_min',
  'lsst_band',
  'instrument_name',
  'obs_collection',
  't_exptime',
  'em_min',
  'em_max',
  's_fov',
  'access_estsize'
];

/** Kinds whose digits line up at the right. */
const RIGHT: readonly ColumnKind[] = [
  'number',
  'single',
  'integer',
  'degrees',
  'wavelength',
  'size'
];

const INTEGERS = ['unsignedByte', 'short', 'int', 'long'];

/**
 * The columns in the order of the grid: what has changed, what says most, the rest as in
 * the document. Nothing is left out, and names that repeat stay apart (VO-37).
 *
 * @param useful - lower-case names of those that say most; ObsCore's if missing
 */
export function resultColumns(
  fields: readonly IVOTableField[],
  useful: readonly string[] = USEFUL
): IResultColumn[] {
  const keys = columnKeys(fields.map(({ name }) => name));
  const columns = fields.map((field, index) => column(field, index, keys[index]));
  const rank = ({ field }: IResultColumn): number => {
    if (field.id === CHANGE_ID) {
      return -1;
    }
    const place = useful.indexOf(field.name.toLowerCase());
    return place < 0 ? useful.length : place;
  };
  return columns.sort((a, b) => rank(a) - rank(b) || a.index - b.index);
}

/**
 * Lower-case names of the columns that say most about a row of a table. A table that is no
 * ObsCore has a form made for what people look for in it: its identifier, then what the
 * form asks for without a further press.
 */
export function usefulColumns(profile: IFormProfile | null): readonly string[] {
  const { key, position, time, fields } = profile ?? PLAIN_PROFILE;
  const asked = fields.filter(({ more }) => !more).map(field => field.column);
  if (asked.includes('dataproduct_type')) {
    return USEFUL;
  }
  const names = [key, ...asked, position?.ra, position?.dec, time?.min];
  return [...names.flatMap(name => (name ? columnKey(name) : [])), ...USEFUL];
}

/** The column with its cells shown in another way; in the usual one for an unknown id. */
export function shownAs(column: IResultColumn, id: string | undefined): IResultColumn {
  const display = column.displays.find(other => other.id === id) ?? column.displays[0];
  const isUsual = display === column.displays[0];
  const { align: own, unitLine } = display;
  const align = own ?? (RIGHT.includes(column.kind) ? 'right' : 'left');
  const usualLine = unitLineOf(column.field, column.kind);
  return { ...column, display, align, unitLine: isUsual ? usualLine : unitLine };
}

/** How the cells of a field are written; by datatype, and by what they measure. */
export function columnKind(field: IVOTableField): ColumnKind {
  const { datatype } = field;
  if (datatype === 'char' || datatype === 'unicodeChar') {
    return 'text';
  }
  if (isArray(field)) {
    return datatype.startsWith('float') ? 'singleArray' : 'array';
  }
  if (datatype === 'boolean' || datatype === 'bit') {
    return 'boolean';
  }
  return (
    quantityKind(field) ?? (INTEGERS.includes(datatype) ? 'integer' : floatKind(field))
  );
}

/** Name of a column for assistive technology: `s_ra, deg, Right ascension`. */
export function columnLabel({ field, unitLine }: IResultColumn): string {
  return [field.name, unitLine, field.description ?? '']
    .filter(part => part !== '')
    .join(', ');
}

/** A cell of the grid for the screen; null where there is no value. */
export function screenText(column: IResultColumn, value: unknown): string | null {
  return column.display.text(value);
}

/**
 * A cell for copies, ASCII minus, empty where there is no value: as in the document, or in
 * the unit chosen, either as exact as can be.
 */
export function copyText(column: IResultColumn, value: unknown): string {
  return column.display.plain(value)?.replace(/[\t\r\n]+/g, ' ') ?? '';
}

/** Name of a column for copies; with its unit where that is not the document's. */
export function copyName({ field, display, displays }: IResultColumn): string {
  const isOwn = display === displays[0] || display.unitLine === '';
  return isOwn ? field.name : `${field.name} (${display.unitLine})`;
}

/**
 * Width of a column in px, such that name, unit and a sample of its cells fit.
 *
 * @param header - width of the wider header line
 * @param cells - widths of a sample of the cells
 */
export function columnWidth(header: number, cells: readonly number[]): number {
  const content = cells.reduce((widest, width) => Math.max(widest, width), 0);
  const wanted = Math.max(header, Math.min(content, WIDEST_CELL)) + PADDING;
  return Math.ceil(Math.min(WIDEST, Math.max(NARROWEST, wanted)));
}

const NARROWEST = 48;
const WIDEST = 320;
const WIDEST_CELL = 240;
/** 8 px at each side and a little air, because fonts differ from their measure. */
const PADDING = 20;

function column(field: IVOTableField, index: number, key: string): IResultColumn {
  const kind = columnKind(field);
  const displays = displaysOf(field, kind);
  const [display] = displays;
  const align = RIGHT.includes(kind) ? 'right' : 'left';
  const unitLine = unitLineOf(field, kind);
  return { index, key, field, kind, display, displays, unitLine, align };
}

function unitLineOf(field: IVOTableField, kind: ColumnKind): string {
  switch (kind) {
    case 'mjd':
      return 'UTC';
    case 'wavelength':
    case 'size':
      // The prefix goes with each value, so the unit of the document would be wrong here.
      return '';
    case 'text':
      return field.unit ?? 'text';
    default:
      return field.unit ?? '';
  }
}

function isArray(field: IVOTableField): boolean {
  return (
    field.datatype.endsWith('Complex') ||
    (field.arraysize !== null && field.arraysize !== '1')
  );
}

/** Kinds of quantities; those in other units than the standard's are left as they are. */
function quantityKind(field: IVOTableField): ColumnKind | null {
  const quantity = quantityOf(field);
  switch (quantity?.kind) {
    case 'ra':
    case 'dec':
      return 'degrees';
    case 'mjd':
      return 'mjd';
    case 'wavelength':
      return quantity.scale === 1 ? 'wavelength' : null;
    case 'bytes':
      return quantity.scale === 1000 ? 'size' : null;
    default:
      return null;
  }
}

function floatKind(field: IVOTableField): ColumnKind {
  return field.datatype === 'float' ? 'single' : 'number';
}

import type { IVOTableField } from '../../protocol/votable/types.js';
import { cellText, type ColumnKind, plainText } from './cells.js';

/** A column of the grid. */
export interface IResultColumn {
  /** Its place in the table, counted from 0. */
  readonly index: number;
  readonly field: IVOTableField;
  readonly kind: ColumnKind;
  /** Second line of the header: a unit, `UTC` or `text`; empty where there is none. */
  readonly unitLine: string;
  readonly align: 'left' | 'right';
}

/** Columns of ObsCore that say most about a row, in the order the grid shows them. */
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

const WAVELENGTHS = ['em_min', 'em_max'];
const TIMES = ['t_min', 't_max'];
const POSITIONS = ['s_ra', 's_dec'];
const INTEGERS = ['unsignedByte', 'short', 'int', 'long'];

/**
 * The columns in the order of the grid: what says most first, the rest as in the
 * document. Nothing is left out, and names that repeat stay apart (VO-37).
 */
export function resultColumns(fields: readonly IVOTableField[]): IResultColumn[] {
  const columns = fields.map((field, index) => column(field, index));
  const rank = ({ field }: IResultColumn): number => {
    const place = USEFUL.indexOf(field.name.toLowerCase());
    return place < 0 ? USEFUL.length : place;
  };
  return columns.sort((a, b) => rank(a) - rank(b) || a.index - b.index);
}

/** How the cells of a field are written; by datatype, unit and ObsCore name. */
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
  return cellText(column.kind, value);
}

/** A cell for copies: as in the document, ASCII minus, empty where there is no value. */
export function copyText(column: IResultColumn, value: unknown): string {
  return plainText(column.kind, value)?.replace(/[\t\r\n]+/g, ' ') ?? '';
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

function column(field: IVOTableField, index: number): IResultColumn {
  const kind = columnKind(field);
  const align = RIGHT.includes(kind) ? 'right' : 'left';
  return { index, field, kind, unitLine: unitLine(field, kind), align };
}

function unitLine(field: IVOTableField, kind: ColumnKind): string {
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

/** Kinds that an ObsCore name and its unit give; other units are left as they are. */
function quantityKind(field: IVOTableField): ColumnKind | null {
  const name = field.name.toLowerCase();
  const unit = field.unit ?? '';
  if (POSITIONS.includes(name) && (unit === 'deg' || unit === '')) {
    return 'degrees';
  }
  if (TIMES.includes(name) && (unit === 'd' || unit === '')) {
    return 'mjd';
  }
  if (WAVELENGTHS.includes(name) && (unit === 'm' || unit === '')) {
    return 'wavelength';
  }
  const kilobytes = unit.toLowerCase() === 'kbyte' || unit === 'kB' || unit === '';
  return name === 'access_estsize' && kilobytes ? 'size' : null;
}

function floatKind(field: IVOTableField): ColumnKind {
  return field.datatype === 'float' ? 'single' : 'number';
}

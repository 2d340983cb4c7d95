import { type IMeasured, quantityOf } from '../../model/quantities.js';
import { formatArc, formatHours } from '../../protocol/position.js';
import {
  findSpectralUnit,
  fromMetre,
  type ISpectralUnit
} from '../../protocol/spectral.js';
import { mjdToIso, parseTime } from '../../protocol/time.js';
import { formatMjd, formatSize, significant, withMinus } from '../shared/format.js';
import { cellText, type ColumnKind, plainText } from './cells.js';

/** One way to show the cells of a column. */
export interface IDisplay {
  /** Known by this in layouts. */
  readonly id: string;
  /** Second line of the header, and the unit in copies; empty for that of the document. */
  readonly unitLine: string;
  /** Side of the text; missing: as usual for the column. */
  readonly align?: 'left' | 'right';
  /** A value for the screen, with U+2212; null where there is none. */
  text(value: unknown): string | null;
  /** A value for copies, with ASCII minus and as exact as can be; null where there is none. */
  plain(value: unknown): string | null;
}

/** Units a wavelength can be shown in, besides that which goes with its size. */
const SPECTRAL = ['nm', 'µm', 'mm', 'GHz', 'keV'];

/** Decimals of an MJD: 0.9 s. */
const MJD_DECIMALS = 5;

/**
 * The ways to show a column, the usual one first: those of its quantity, by unit and UCD.
 *
 * @param kind - how its cells are written as usual
 */
export function displaysOf(
  field: IMeasured,
  kind: ColumnKind
): readonly [IDisplay, ...IDisplay[]] {
  const quantity = quantityOf(field);
  const given = field.unit ?? '';
  switch (quantity?.kind) {
    case 'ra':
    case 'dec':
      return [usual('deg', kind), SEXAGESIMAL[quantity.kind]];
    case 'mjd':
      return [usual('iso', kind), MJD];
    case 'days':
      return [usual('given', kind), ISO];
    case 'timestamp':
      return [usual('iso', kind), MJD_OF_TEXT];
    case 'wavelength': {
      const { scale } = quantity;
      const units = SPECTRAL.map(findSpectralUnit).filter(unit => unit !== null);
      const others = units.map(unit => spectral(unit, scale));
      const first = usual(kind === 'wavelength' ? 'size' : 'given', kind);
      return [first, ...others.filter(({ id }) => id !== given)];
    }
    case 'bytes':
      return kind === 'size'
        ? [usual('size', kind), asGiven(given)]
        : [usual('given', kind), size(quantity.scale)];
    default:
      return [usual('given', kind)];
  }
}

function usual(id: string, kind: ColumnKind): IDisplay {
  return {
    id,
    unitLine: '',
    text: value => cellText(kind, value),
    plain: value => plainText(kind, value)
  };
}

/** A display of numbers; of what is none, and of infinities, the value itself. */
function ofNumbers(
  id: string,
  unitLine: string,
  screen: (value: number) => string,
  copy: (value: number) => string,
  align?: 'left' | 'right'
): IDisplay {
  const write = (
    value: unknown,
    special: (kind: ColumnKind, value: unknown) => string | null,
    format: (value: number) => string
  ): string | null => {
    const number = typeof value === 'bigint' ? Number(value) : value;
    return typeof number === 'number' && Number.isFinite(number)
      ? format(number)
      : special('number', value);
  };
  return {
    id,
    unitLine,
    align,
    text: value => write(value, cellText, screen),
    plain: value => write(value, plainText, copy)
  };
}

const SEXAGESIMAL = {
  ra: ofNumbers('sexagesimal', 'h:min:s', formatHours, formatHours),
  dec: ofNumbers('sexagesimal', 'deg:arcmin:arcsec', formatArc, dec =>
    formatArc(dec).replace('\u2212', '-')
  )
};

const MJD = ofNumbers(
  'mjd',
  'MJD',
  mjd => withMinus(mjd.toFixed(MJD_DECIMALS)),
  String,
  'right'
);

const ISO = ofNumbers('iso', 'UTC, if MJD', formatMjd, mjdToIso, 'left');

const MJD_OF_TEXT: IDisplay = {
  id: 'mjd',
  unitLine: 'MJD',
  align: 'right',
  text: value =>
    ofText(value, mjd => withMinus(mjd.toFixed(MJD_DECIMALS)), cellText('text', value)),
  plain: value => ofText(value, String, plainText('text', value))
};

/** @param otherwise - where the text is no time */
function ofText(
  value: unknown,
  format: (mjd: number) => string,
  otherwise: string | null
): string | null {
  const mjd = typeof value === 'string' ? parseTime(value) : null;
  return mjd === null ? otherwise : format(mjd);
}

/** @param scale - size in m of the unit that the column has */
function spectral(unit: ISpectralUnit, scale: number): IDisplay {
  const convert = (value: number): number => fromMetre(value * scale, unit);
  return ofNumbers(
    unit.symbol,
    unit.symbol,
    value => significant(convert(value), 6),
    // The fifteen digits that a double surely has: 690 and not 689.9999999999999.
    value => String(Number(convert(value).toPrecision(15)))
  );
}

function asGiven(unit: string): IDisplay {
  return ofNumbers('given', unit, value => withMinus(String(value)), String);
}

/** @param scale - size in byte of the unit that the column has */
function size(scale: number): IDisplay {
  return ofNumbers('size', '', value => formatSize(value * scale), String);
}

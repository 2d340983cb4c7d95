import type { TranslationBundle } from '@jupyterlab/translation';

import type { RowStore } from '../../model/columns.js';
import {
  formatAngularSize,
  formatCount,
  formatKbytes,
  formatMjd,
  formatPosition,
  formatPositionSexagesimal,
  formatWavelengthRange,
  significant
} from '../shared/format.js';
import { textAt } from './accessrow.js';
import { plainText } from './cells.js';
import { columnKind } from './columns.js';
import { releaseLines } from './release.js';
import type { IRecordLine } from './recordline.js';

/** One column of the record with its exact value. */
export interface IRecordColumn {
  readonly name: string;
  readonly unit: string | null;
  readonly description: string | null;
  /** Null where there is none. */
  readonly value: string | null;
}

/** Reads the ObsCore columns of one row by name. */
class Row {
  constructor(
    private readonly _store: RowStore,
    private readonly _row: number
  ) {}

  text(name: string): string | null {
    return textAt(this._store, this._row, name);
  }

  /** A number; null where there is none or it is not finite. */
  number(name: string): number | null {
    const text = this.text(name);
    const value = text === null ? NaN : Number(text);
    return Number.isFinite(value) ? value : null;
  }
}

/** True where a table has enough of ObsCore to be told in words. */
export function isObsCore(store: RowStore): boolean {
  return ['obs_id', 's_ra', 's_dec', 'calib_level'].every(
    name => store.indexOf(name) >= 0
  );
}

/**
 * A row of an ObsCore table in words; what the archive did not give has the value null.
 *
 * @param now - milliseconds since 1970; decides what is still proprietary
 */
export function recordLines(
  trans: TranslationBundle,
  store: RowStore,
  index: number,
  now: number
): IRecordLine[] {
  const row = new Row(store, index);
  return [
    {
      name: trans.__('Product'),
      value: row.text('dataproduct_subtype') ?? row.text('dataproduct_type'),
      look: 'strong'
    },
    { name: trans.__('Level'), value: level(trans, row.number('calib_level')) },
    { name: trans.__('Collection'), value: row.text('obs_collection') },
    { name: trans.__('Observation'), value: row.text('obs_id') },
    { name: trans.__('Target'), value: row.text('target_name') },
    { name: trans.__('Position'), ...position(row) },
    {
      name: trans.__('Field of view'),
      value: apply(row.number('s_fov'), formatAngularSize)
    },
    { name: trans.__('Observed'), value: observed(row) },
    { name: trans.__('Exposure'), value: exposure(row.number('t_exptime')) },
    { name: trans.__('Wavelength'), value: wavelength(row) },
    { name: trans.__('Instrument'), value: row.text('instrument_name') },
    { name: trans.__('Facility'), value: row.text('facility_name') },
    {
      name: trans.__('Size'),
      value: apply(row.number('access_estsize'), formatKbytes)
    },
    ...places(trans, row),
    ...releaseLines(trans, store, index, now)
  ];
}

/** All columns of a row, in the order of the document, as exact as they are stored. */
export function recordColumns(store: RowStore, index: number): IRecordColumn[] {
  return store.fields.map((field, column) => ({
    name: field.name,
    unit: field.unit,
    description: field.description,
    value: plainText(columnKind(field), store.value(index, column))
  }));
}

/** `3 Stacked`: a calibration level of ObsCore 1.1 §3.3.2 with its short name. */
export function level(trans: TranslationBundle, value: number | null): string | null {
  if (value === null) {
    return null;
  }
  const names = new Map([
    [-1, trans.__('Planned')],
    [0, trans.__('Instrument')],
    [1, trans.__('Raw')],
    [2, trans.__('Calibrated')],
    [3, trans.__('Stacked')],
    [4, trans.__('Analysis')]
  ]);
  const name = names.get(value);
  return name === undefined
    ? significant(value, 4)
    : `${significant(value, 4)} ${name}`;
}

function position(row: Row): Pick<IRecordLine, 'value' | 'below'> {
  const [ra, dec] = [row.number('s_ra'), row.number('s_dec')];
  if (ra === null || dec === null) {
    return { value: null };
  }
  return { value: formatPosition(ra, dec), below: formatPositionSexagesimal(ra, dec) };
}

function observed(row: Row): string | null {
  const [from, until] = [row.number('t_min'), row.number('t_max')];
  if (from === null || until === null) {
    return apply(from ?? until, mjd => `${formatMjd(mjd)} UTC`);
  }
  const [first, second] = [formatMjd(from), formatMjd(until)];
  if (first === second) {
    return `${first} UTC`;
  }
  const sameDay = first.slice(0, 10) === second.slice(0, 10);
  return `${first} \u2013 ${sameDay ? second.slice(11) : second} UTC`;
}

function exposure(seconds: number | null): string | null {
  if (seconds === null) {
    return null;
  }
  const text = seconds >= 1000 ? formatCount(seconds) : significant(seconds, 4);
  return `${text} s`;
}

function wavelength(row: Row): string | null {
  const [from, until] = [row.number('em_min'), row.number('em_max')];
  const first = from ?? until;
  return first === null ? null : formatWavelengthRange(first, until ?? first);
}

function places(trans: TranslationBundle, row: Row): IRecordLine[] {
  return [
    {
      name: trans.__('Identifier'),
      value: row.text('obs_publisher_did'),
      look: 'code'
    },
    {
      name: trans.__('Access'),
      value: row.text('access_url'),
      look: 'code',
      copy: true
    }
  ];
}

function apply(value: number | null, format: (value: number) => string): string | null {
  return value === null ? null : format(value);
}

import { describe, expect, it } from 'vitest';

import type { IVOTableField } from '../../../../src/protocol/votable/types.js';
import {
  copyName,
  copyText,
  type IResultColumn,
  resultColumns,
  screenText,
  shownAs
} from '../../../../src/view/results/columns.js';
import { field } from './support.js';

const column = (of: IVOTableField, display?: string): IResultColumn =>
  shownAs(resultColumns([of])[0], display);

/** What a cell looks like on the screen and in a copy. */
const both = (shown: IResultColumn, value: unknown): (string | null)[] => [
  screenText(shown, value),
  copyText(shown, value)
];

describe('units of a column', () => {
  const ids = (of: IVOTableField): string[] =>
    column(of).displays.map(display => display.id);

  it('are those of its quantity, by unit and UCD', () => {
    expect(ids(field('ra', 'double', { unit: 'deg', ucd: 'pos.eq.ra' }))).toEqual([
      'deg',
      'sexagesimal'
    ]);
    expect(ids(field('t_min', 'double', { unit: 'd' }))).toEqual(['iso', 'mjd']);
    expect(ids(field('wave', 'double', { unit: 'nm', ucd: 'em.wl' }))).toEqual([
      'given',
      'µm',
      'mm',
      'GHz',
      'keV'
    ]);
    expect(ids(field('flux', 'double', { unit: 'Jy' }))).toEqual(['given']);
  });

  it('change texts, header and copies, as exact as can be', () => {
    const em = field('em_min', 'double', { unit: 'm', ucd: 'em.wl;stat.min' });
    expect(both(column(em), 6.9e-7)).toEqual(['690 nm', '6.9e-7']);
    expect(both(column(em, 'nm'), 6.9e-7)).toEqual(['690', '690']);
    expect(both(column(em, 'µm'), 6.9e-7)).toEqual(['0.69', '0.69']);
    expect(both(column(em, 'GHz'), 1.3e-3)[0]).toBe('230.61');
    expect(column(em, 'GHz').unitLine).toBe('GHz');
    expect([copyName(column(em)), copyName(column(em, 'nm'))]).toEqual([
      'em_min',
      'em_min (nm)'
    ]);
  });

  it('show times as ISO and MJD, whichever the service sends', () => {
    const mjd = field('t_min', 'double', { unit: 'd' });
    expect(both(column(mjd), 57657.127881944)).toEqual([
      '2016-09-26 03:04:09',
      '57657.127881944'
    ]);
    expect(both(column(mjd, 'mjd'), 57657.127881944)).toEqual([
      '57657.12788',
      '57657.127881944'
    ]);
    const iso = field('date', 'char', { arraysize: '*', xtype: 'timestamp' });
    expect(screenText(column(iso, 'mjd'), '2016-09-26T03:04:09')).toBe('57657.12788');
    expect(both(column(iso, 'mjd'), 'yesterday')).toEqual(['yesterday', 'yesterday']);
    const days = field('epoch', 'double', { unit: 'd', ucd: 'time.epoch' });
    expect(screenText(column(days), 2457657.5)).toBe('2457657.5');
    expect(screenText(column(days, 'iso'), 57657)).toBe('2016-09-26 00:00:00');
  });

  it('show positions in hours and degrees, with ASCII minus in copies', () => {
    const dec = column(field('s_dec', 'double', { unit: 'deg' }), 'sexagesimal');
    expect(both(dec, -32.286189)).toEqual(['\u221232:17:10.3', '-32:17:10.3']);
    const ra = column(field('s_ra', 'double', { unit: 'deg' }), 'sexagesimal');
    expect(both(ra, 55.746708)).toEqual(['03:42:59.21', '03:42:59.21']);
  });

  it('leave nulls, NaN and infinities what they are', () => {
    const dec = column(field('s_dec', 'double', { unit: 'deg' }), 'sexagesimal');
    expect([null, NaN].map(value => screenText(dec, value))).toEqual([null, null]);
    expect(screenText(dec, Infinity)).toBe('Infinity');
  });

  it('show long sizes as the service gives them', () => {
    const size = field('access_estsize', 'long', { unit: 'kbyte' });
    expect(both(column(size), 58600n)).toEqual(['58.6 MB', '58600']);
    expect(both(column(size, 'given'), 58600n)).toEqual(['58600', '58600']);
  });

  it('take an unknown choice for the usual one', () => {
    const shown = column(field('s_ra', 'double', { unit: 'deg' }), 'parsec');
    expect(shown.display.id).toBe('deg');
  });
});

import { describe, expect, it } from 'vitest';

import {
  columnKind,
  columnLabel,
  columnWidth,
  copyText,
  resultColumns,
  screenText,
  usefulColumns
} from '../../../../src/view/results/columns.js';
import { PLAIN_PROFILE, type IFormProfile } from '../../../../src/protocol/form.js';
import { OBSCORE_PROFILE } from '../../../../src/protocol/obscore/profile.js';
import { field, obscore, storeOf } from './support.js';

const columnOf = (...args: Parameters<typeof field>) =>
  resultColumns([field(...args)])[0];

describe('resultColumns', () => {
  it('puts what says most first and keeps the rest in the order of the document', () => {
    const names = resultColumns(obscore().map(column => column.field)).map(
      ({ field: { name } }) => name
    );
    expect(names).toEqual([
      'calib_level',
      'obs_id',
      's_ra',
      's_dec',
      't_min',
      'obs_collection',
      'em_min',
      'access_estsize',
      'big'
    ]);
  });

  it('VO-37: keeps columns of the same name apart', () => {
    const columns = resultColumns([field('x', 'int'), field('x', 'double')]);
    expect(columns.map(column => [column.index, column.kind])).toEqual([
      [0, 'integer'],
      [1, 'number']
    ]);
  });
});

describe('usefulColumns', () => {
  const raw: IFormProfile = {
    ...PLAIN_PROFILE,
    key: 'dp_id',
    position: { ra: 'ra', dec: 'dec', region: null },
    fields: ['instrument', '"Object"', 'exposure'].map(column => ({
      column,
      label: column,
      control: 'text',
      values: 'text',
      unit: null,
      description: null,
      more: column === 'exposure'
    }))
  };

  it('begins with what the form of another table asks for, not with sizes', () => {
    const names = ['access_estsize', 'dec', 'exposure', 'Object', 'instrument', 'ra'];
    const fields = [...names, 'dp_id'].map(name => field(name, 'char'));
    const shown = resultColumns(fields, usefulColumns(raw));
    expect(shown.map(column => column.field.name)).toEqual([
      'dp_id',
      'instrument',
      'Object',
      'ra',
      'dec',
      'access_estsize',
      'exposure'
    ]);
  });

  it('leaves the order of ObsCore alone, whatever its identifier is', () => {
    const ordered = usefulColumns(OBSCORE_PROFILE);
    expect(ordered).toEqual(usefulColumns(null));
    expect(ordered[0]).toBe('dataproduct_subtype');
  });
});

describe('columnKind', () => {
  it('goes by name and unit together', () => {
    expect(columnKind(field('s_ra', 'double', { unit: 'deg' }))).toBe('degrees');
    expect(columnKind(field('s_ra', 'double', { unit: 'rad' }))).toBe('number');
    expect(columnKind(field('T_MIN', 'double', { unit: 'd' }))).toBe('mjd');
    expect(columnKind(field('t_min', 'char', { arraysize: '*' }))).toBe('text');
    expect(columnKind(field('em_min', 'double', { unit: 'Angstrom' }))).toBe('number');
    expect(columnKind(field('access_estsize', 'long', { unit: 'byte' }))).toBe(
      'integer'
    );
  });
});

describe('header', () => {
  it('names unit and description for assistive technology', () => {
    const more = { unit: 'deg', description: 'Right ascension' };
    expect(columnLabel(columnOf('s_ra', 'double', more))).toBe(
      's_ra, deg, Right ascension'
    );
    expect(columnLabel(columnOf('obs_id', 'char', { arraysize: '*' }))).toBe(
      'obs_id, text'
    );
    expect(columnLabel(columnOf('calib_level', 'int'))).toBe('calib_level');
  });

  it('says UTC where times are shown as dates', () => {
    expect(columnOf('t_min', 'double', { unit: 'd' }).unitLine).toBe('UTC');
  });

  it('has no unit where each value carries its own', () => {
    expect(columnOf('em_min', 'double', { unit: 'm' }).unitLine).toBe('');
  });
});

describe('cells', () => {
  const shown = (name: string, row = 0): string | null => {
    const columns = obscore();
    const store = storeOf(columns);
    const column = resultColumns(store.fields).find(c => c.field.name === name);
    return column ? screenText(column, store.value(row, column.index)) : 'missing';
  };

  it.each([
    ['s_dec', '\u221232.2862'],
    ['s_ra', '55.7467'],
    ['t_min', '2016-09-26 03:04:09'],
    ['access_estsize', '58.6 MB'],
    ['em_min', '690 nm'],
    ['obs_id', 'obs-0'],
    ['big', '9007199254740993']
  ])('%s is shown as %s', (name, text) => {
    expect(shown(name)).toBe(text);
  });

  it('are null where there is no value', () => {
    expect(shown('t_min', 1)).toBeNull();
    expect(screenText(columnOf('x', 'double'), NaN)).toBeNull();
  });

  it('keep hyphens of texts', () => {
    expect(shown('obs_id', 2)).toBe('obs-2');
  });

  it('show booleans and arrays', () => {
    expect(screenText(columnOf('b', 'boolean'), true)).toBe('true');
    const array = columnOf('v', 'float', { arraysize: '2' });
    expect(screenText(array, Float32Array.of(0.1, -2))).toBe('0.1 \u22122');
    const nested = columnOf('v', 'double', { arraysize: '2x2' });
    expect(
      screenText(nested, [
        [1, 2],
        [3, null]
      ])
    ).toBe('(1 2) (3 null)');
  });
});

describe('copyText', () => {
  it('is exact, with ASCII minus, and cannot break the line', () => {
    expect(copyText(columnOf('s_dec', 'double', { unit: 'deg' }), -32.286234567)).toBe(
      '-32.286234567'
    );
    expect(copyText(columnOf('t', 'char', { arraysize: '*' }), 'a\tb\r\nc')).toBe(
      'a b c'
    );
    expect(copyText(columnOf('x', 'double'), null)).toBe('');
  });
});

describe('columnWidth', () => {
  it('fits header and cells, within limits', () => {
    expect(columnWidth(10, [5])).toBe(48);
    expect(columnWidth(100, [50])).toBe(120);
    expect(columnWidth(50, [2000])).toBe(260);
    expect(columnWidth(900, [])).toBe(320);
  });
});

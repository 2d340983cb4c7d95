import { describe, expect, it } from 'vitest';

import { columnKey, fieldOf } from '../../../src/protocol/form.js';
import { OBSCORE_COLUMNS, OBSCORE_PROFILE } from '../../../src/protocol/obscore.js';

describe('OBSCORE_COLUMNS', () => {
  it('has the 30 mandatory columns of the standard before the optional ones', () => {
    const names = OBSCORE_COLUMNS.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(OBSCORE_COLUMNS.findIndex(({ mandatory }) => !mandatory)).toBe(30);
    expect(OBSCORE_COLUMNS.slice(30).some(({ mandatory }) => mandatory)).toBe(false);
  });

  it('describes every column', () => {
    for (const { name, datatype, ucd, utype, description } of OBSCORE_COLUMNS) {
      expect(['char', 'int', 'long', 'double'], name).toContain(datatype);
      expect(ucd, name).toMatch(/^[a-z.A-Z]+(;[a-zA-Z.]+)*$/);
      expect(utype, name).toMatch(/^[A-Z][\w.]+$/);
      expect(description, name).toMatch(/^[A-Z].*\.$/);
    }
    expect(OBSCORE_COLUMNS.find(({ name }) => name === 'access_estsize')).toMatchObject(
      {
        datatype: 'long',
        unit: 'kbyte'
      }
    );
    expect(OBSCORE_COLUMNS.find(({ name }) => name === 'obs_id')?.unit).toBeNull();
  });
});

describe('OBSCORE_PROFILE', () => {
  it('asks for columns of the standard only, each once', () => {
    const known = OBSCORE_COLUMNS.map(({ name }) => name);
    const keys = OBSCORE_PROFILE.fields.map(({ column }) => columnKey(column));
    expect(new Set(keys).size).toBe(keys.length);
    expect(keys.filter(key => !known.includes(key))).toEqual([]);
  });

  it('counts what is chosen from few values', () => {
    const facets = OBSCORE_PROFILE.fields.filter(({ facet }) => facet);
    expect(facets.map(({ column }) => column)).toEqual([
      'dataproduct_type',
      'calib_level',
      'obs_collection',
      'instrument_name',
      'dataproduct_subtype'
    ]);
    expect(fieldOf(OBSCORE_PROFILE, 'Calib_Level')?.values).toBe('number');
    expect(fieldOf(OBSCORE_PROFILE, 't_exptime')).toMatchObject({
      control: 'range',
      unit: 's',
      more: true
    });
  });
});

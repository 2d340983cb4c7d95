import { describe, expect, it } from 'vitest';

import { type IMeasured, quantityOf } from '../../../src/model/quantities.js';

const field = (more: Partial<IMeasured>): IMeasured => ({
  name: 'x',
  datatype: 'double',
  arraysize: null,
  unit: null,
  ucd: null,
  xtype: null,
  ...more
});

describe('quantityOf', () => {
  it('goes by unit and UCD, whatever a column is called', () => {
    const kind = (unit: string, ucd: string) => quantityOf(field({ unit, ucd }))?.kind;
    expect(kind('deg', 'pos.eq.ra;meta.main')).toBe('ra');
    expect(kind('deg', 'POS.EQ.DEC')).toBe('dec');
    expect(kind('d', 'time.epoch')).toBe('days');
    expect(kind('m', 'em.wl;stat.min')).toBe('wavelength');
  });

  it('knows sizes of units', () => {
    const scale = (unit: string, ucd: string) => quantityOf(field({ unit, ucd }));
    expect(scale('nm', 'em.wl')).toEqual({ kind: 'wavelength', scale: 1e-9 });
    expect(scale('kbyte', 'phys.size;meta.file')).toEqual({
      kind: 'bytes',
      scale: 1000
    });
  });

  it('takes days for MJD only where that is known', () => {
    const time = { unit: 'd', ucd: 'time.start' };
    expect(quantityOf(field(time))?.kind).toBe('days');
    expect(quantityOf(field({ ...time, xtype: 'MJD' }))?.kind).toBe('mjd');
    expect(quantityOf(field({ ...time, name: 'T_MIN' }))?.kind).toBe('mjd');
  });

  it('leaves spans, errors and other units alone', () => {
    const none: Partial<IMeasured>[] = [
      { unit: 'd', ucd: 'time.duration' },
      { unit: 'deg', ucd: 'stat.error;pos.eq.ra' },
      { unit: 'rad', ucd: 'pos.eq.ra' },
      { unit: 'GHz', ucd: 'em.wl' },
      { unit: 'deg', ucd: 'pos.eq.ra', arraysize: '2' },
      { unit: 'deg', ucd: 'phys.angSize' },
      { name: 's_ra', unit: 'rad' },
      { name: 'constructor', unit: 'deg' }
    ];
    expect(none.map(more => quantityOf(field(more)))).toEqual(none.map(() => null));
  });

  it('knows ObsCore by name where the service gives no UCD', () => {
    expect(quantityOf(field({ name: 's_ra' }))?.kind).toBe('ra');
    expect(quantityOf(field({ name: 'em_max', unit: 'm' }))?.kind).toBe('wavelength');
  });

  it('finds moments among texts', () => {
    const text = { datatype: 'char', arraysize: '*' } as const;
    expect(quantityOf(field({ ...text, xtype: 'timestamp' }))?.kind).toBe('timestamp');
    expect(quantityOf(field({ ...text, xtype: 'adql:TIMESTAMP' }))?.kind).toBe(
      'timestamp'
    );
    expect(quantityOf(field({ ...text, ucd: 'time.release' }))?.kind).toBe('timestamp');
    expect(quantityOf(field({ ...text, ucd: 'meta.id' }))).toBeNull();
  });
});

import { describe, expect, it } from 'vitest';

import type { IVOTableField } from '../../src/protocol/votable/types.js';
import { OBSCORE_PROFILE } from '../../src/protocol/obscore.js';
import { copyText, resultColumns, screenText } from '../../src/view/results/columns.js';

function column(name: string, over: Partial<IVOTableField> = {}) {
  const [found] = resultColumns([
    {
      name,
      id: null,
      datatype: 'char',
      arraysize: '*',
      unit: null,
      ucd: null,
      utype: null,
      xtype: null,
      description: null,
      nullValue: null,
      ...over
    }
  ]);
  return found;
}

describe('Values of archives', () => {
  it('VO-50: access_estsize counts kbyte of 1000 bytes, in rows and in what a search costs', () => {
    const size = column('access_estsize', {
      datatype: 'long',
      arraysize: null,
      unit: 'kbyte',
      ucd: 'phys.size;meta.file'
    });
    expect(screenText(size, 58_600n)).toBe('58.6 MB');
    expect(screenText(size, 1024n)).toBe('1.02 MB');
    expect(OBSCORE_PROFILE.size).toMatchObject({
      column: 'access_estsize',
      bytes: 1000
    });
  });

  it('ESO-55: commas and lines within dp_type and dp_tech stay in cells and copies', () => {
    const kind = 'OBJECT,\nSTD,FLUX';
    const shown = screenText(column('dp_type'), kind) ?? '';
    expect(shown.split(/\s+/).join(' ')).toBe('OBJECT, STD,FLUX');
    const copied = copyText(column('dp_tech'), 'IMAGE,DUAL,CORONOGRAPHY');
    expect(copied).toBe('IMAGE,DUAL,CORONOGRAPHY');
    // One row stays one line of a copy.
    expect(copyText(column('dp_type'), kind)).toBe('OBJECT, STD,FLUX');
  });
});
